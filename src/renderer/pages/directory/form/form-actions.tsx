import { Button, Group } from '@mantine/core'
import { Problem } from '../../../components/state/problem.tsx'
import { useFocusOnReason } from '../../../components/focus/use-focus-on-reason.ts'
import { useUnsaved } from '../../../components/form/use-unsaved.ts'

interface FormActionsProps {
  /** "Add the person" */
  readonly action: string
  readonly isBusy: boolean
  /** Whether something would be lost without saving. */
  readonly isChanged: boolean
  /** Why the last try to save failed. */
  readonly error: unknown
  /** Whether the fields say all of it already. */
  readonly isToldByFields?: boolean
  readonly onCancel: () => void
}

/** The foot of a form: why nothing was saved, and the buttons that save it or give it up. What is wrong comes into view and has the focus. */
export function FormActions({ action, isBusy, isChanged, error, isToldByFields = false, onCancel }: FormActionsProps) {
  const foot = useFocusOnReason<HTMLDivElement>(error)
  const forget = useUnsaved(isChanged && !isBusy)

  return (
    <>
      {!isToldByFields && <Problem error={error} title="Nothing was saved." />}
      <Group ref={foot} gap="xs">
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            forget()
            onCancel()
          }}
        >
          Cancel
        </Button>
      </Group>
    </>
  )
}
