import { List, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Plan } from '../../../contract/conversions.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { changing, outcomesOf, runText, staying } from './outcome-text.ts'

interface RunDialogProps {
  readonly plan: Plan
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks before a preview is carried out, and has that done. */
export function RunDialog({ plan, isOpen, onClose }: RunDialogProps) {
  const engine = useEngine()
  const navigate = useWayOn()
  const { to } = useDirectory()
  const start = useMutation(
    engine.conversions.start.mutationOptions({
      // In the place of the dialog: the way back leads to the preview, where nothing is asked any more.
      onSuccess: ({ job }) => navigate(to(`/conversion/jobs/${job}`), { replace: true }),
    }),
  )
  const { counts } = plan
  const isUndo = plan.undoes !== null
  const people = amountText(changing(counts), 'person', 'people')
  const merges = counts.merges
  const stay = outcomesOf(plan).filter(
    ({ outcome }) => !['converts', 'merges', 'already'].includes(outcome) && counts[outcome] > 0,
  )
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={
        isUndo
          ? `Give ${people} the old user ID back?`
          : `${runText(counts, `the user IDs of ${amountText(counts.converts, 'person', 'people')}`)}?`
      }
      action={isUndo ? 'Give them back' : runText(counts, amountText(counts.converts, 'user ID'))}
      isBusy={start.isPending}
      error={start.error}
      onConfirm={() => start.mutate({ id: plan.id })}
    >
      <Stack gap="sm">
        <List size="sm" spacing={4}>
          <List.Item>
            {amountText(counts.converts, 'person', 'people')}{' '}
            {isUndo ? 'get the user ID that they had, byte for byte.' : 'get the new user ID.'}
          </List.Item>
          {merges > 0 && (
            <List.Item>{amountText(merges, 'person is', 'people are')} merged into another one and archived.</List.Item>
          )}
          {staying(counts) > 0 && (
            <List.Item>
              {numberText(staying(counts))} {staying(counts) === 1 ? 'stays as it is' : 'stay as they are'}:{' '}
              {stay.map(({ outcome, counted }) => `${numberText(counts[outcome])} ${counted}`).join(', ')}.
            </List.Item>
          )}
        </List>
        {plan.options?.includeScim === true && (
          <Notice meaning="attention" title="People whom an identity provider manages are included">
            One that still sends the old user IDs renames them back, or creates them a second time. Change its mapping
            of userName first.
          </Notice>
        )}
        <Text size="sm" c="dimmed">
          SCIM requests go on meanwhile. You can pause and cancel at any time; what is done then stays done
          {isUndo ? '.' : ', and can be undone.'}
        </Text>
      </Stack>
    </ConfirmDialog>
  )
}
