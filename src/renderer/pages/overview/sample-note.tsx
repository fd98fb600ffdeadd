import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './sample-note.module.css'

interface SampleNoteProps {
  readonly users: number
  readonly groups: number
}

/** Says that part of the directory is a sample, and removes it. */
export function SampleNote({ users, groups }: SampleNoteProps) {
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation(engine.directories.removeSample.mutationOptions({ onSuccess: () => setAsking(false) }))
  const size = `${amountText(users, 'person', 'people')} and ${amountText(groups, 'group')}`
  return (
    <div className={classes['note']}>
      <FlaskConical size={15} aria-hidden />
      <span>
        The directory holds the sample organisation: {size}. An identity provider that lists people sees them too.
      </span>
      <Button variant="default" size="compact-xs" onClick={() => setAsking(true)}>
        Remove the sample
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Remove the sample organisation?"
        action="Remove the sample"
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({})}
      >
        {size} are removed for good, with what you changed about them. Whoever an identity provider manages by now is
        kept, and so are all others.
      </ConfirmDialog>
    </div>
  )
}
