import { Button, Stack, Text } from '@mantine/core'
import { isolated } from '../../../components/text/isolated.ts'
import { Notice } from '../../../components/state/notice.tsx'
import { Problem } from '../../../components/state/problem.tsx'
import { sourceWord } from '../source-text.tsx'

interface MeanwhileNoteProps {
  /** Whose record it is: "Ana Moss". */
  readonly name: string
  /** The record as it is by now. */
  readonly record: Parameters<typeof sourceWord>[0] & { readonly archivedAt: number | null }
  /** It was purged: the record is what it was last. */
  readonly isGone: boolean
  /** Whoever fills in the form knows that an identity provider manages the record. */
  readonly isManagerKnown: boolean
  readonly restore: { readonly isPending: boolean; readonly error: unknown; readonly onRestore: () => void }
}

/** Stands below an open form whose record was purged, archived or taken over since: what that means for what stands in the form, which stays. */
export function MeanwhileNote({ name, record, isGone, isManagerKnown, restore }: MeanwhileNoteProps) {
  if (isGone)
    return (
      <Notice meaning="failure" title={`${isolated(name)} has been purged since you opened this form`} isNew>
        Nothing can be saved any more. What you have put in still stands here, to be copied.
      </Notice>
    )
  if (record.archivedAt !== null)
    return (
      <Notice
        meaning="attention"
        title={`${isolated(name)} has been archived since you opened this form`}
        isNew
        action={
          <Button variant="default" loading={restore.isPending} onClick={restore.onRestore}>
            Restore {isolated(name)}
          </Button>
        }
      >
        <Stack gap="xs">
          <Text size="sm">Nothing can be saved until there is a restore. What you have put in still stands here.</Text>
          <Problem error={restore.error} />
        </Stack>
      </Notice>
    )
  if (record.source === 'local' || isManagerKnown) return null
  return (
    <Notice
      meaning="attention"
      title={`${sourceWord(record)} manages ${isolated(name)} since you opened this form`}
      isNew
    >
      What you have put in still stands here. If you save it, it is shown as edited by hand, until {sourceWord(record)}{' '}
      writes the same attribute again: then its value counts. To change it for good, change it there.
    </Notice>
  )
}
