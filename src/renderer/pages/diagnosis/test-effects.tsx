import { Text } from '@mantine/core'
import type { TestDraft } from './test-draft.ts'

interface TestEffectsProps {
  readonly draft: Pick<TestDraft, 'seed' | 'keep'>
  /** Who is played; undefined for a check. */
  readonly name: string | undefined
}

/** What a test does at the endpoint, before it does it. */
export function TestEffects({ draft, name }: TestEffectsProps) {
  const seed = draft.seed === '' ? 'SEED' : draft.seed
  return (
    <Text size="xs" c="dimmed" component="div">
      {name === undefined ? (
        <>
          This creates people and groups called <code>rollcall-check-…</code> there, changes them, and removes them in
          the end.
        </>
      ) : (
        <>
          This creates people and groups called <code>sim-{seed}-…</code> there and changes them,{' '}
          {draft.keep ? 'and leaves them there' : 'and removes them in the end'}.
        </>
      )}{' '}
      Nobody else is touched. Use a test tenant all the same, or an integration of its own: its log and its status tell
      of all this, and some endpoints, Rollcall among them, archive what is deleted.
    </Text>
  )
}
