import type { StoreReads } from '../store/store-reads.ts'

/** The slug by which a command has to be told which directory is meant; undefined where there is one alone. */
export function directoryToName({ directories }: Pick<StoreReads, 'directories'>, id: number): string | undefined {
  const all = directories.all()
  return all.length > 1 ? all.find((each) => each.id === id)?.slug : undefined
}
