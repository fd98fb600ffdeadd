import type { StoreReads } from '../store/store-reads.ts'
import type { Administer } from './administer.ts'

/**
 * Changes a setting that holds several values in one text, and returns what comes of it. `change` is given what stands there; it is asked
 * again when another change was stored meanwhile, by whichever process, so that neither undoes the other.
 */
export async function reviseSetting<Value extends object>(
  { reads, administer }: { readonly reads: Pick<StoreReads, 'settings'>; readonly administer: Administer },
  name: string,
  change: (before: string | undefined) => Value,
): Promise<Value> {
  for (;;) {
    const before = reads.settings.get(name)
    const value = change(before)
    if (await administer('replace-setting', { name, before, value: JSON.stringify(value) })) return value
  }
}
