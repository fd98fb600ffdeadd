import { Box, Button } from '@mantine/core'
import { createContext, useContext, useLayoutEffect, useState, type ReactNode } from 'react'
import { focusScreen } from '../focus/focus-place.ts'
import { Notice } from '../state/notice.tsx'
import { useUnsaved } from './use-unsaved.ts'
import { formWidth } from '../page/widths.ts'

/** How what stands in a form is to what it was made from. */
type Standing = 'same' | 'changed' | 'saving' | 'saved'

const Report = createContext<(standing: Standing) => void>(() => undefined)

/** Tells the `StoredForm` around a form, and what asks before its screen is left, whether something in it is not saved. */
export function useFormState(
  isChanged: boolean,
  save: { readonly isPending: boolean; readonly isSuccess: boolean },
): void {
  useUnsaved(isChanged && !save.isPending)
  const report = useContext(Report)
  const settled: Standing = save.isSuccess ? 'saved' : isChanged ? 'changed' : 'same'
  const standing = save.isPending ? 'saving' : settled
  useLayoutEffect(() => report(standing), [report, standing])
}

interface StoredFormProps<Stored> {
  /** What the engine tells that is so. */
  readonly stored: Stored
  /** The form, with `useFormState` in it; it begins anew with each key. */
  readonly children: (stored: Stored, key: number) => ReactNode
}

/**
 * A form that shows what is stored: made anew when that changes and when it has been saved. What somebody has typed stays when others, or a
 * command, change what is stored, until it is saved over that or dropped; and what is typed while it is being saved stays to be saved next.
 */
export function StoredForm<Stored>({ stored, children }: StoredFormProps<Stored>) {
  const [seen, setSeen] = useState({ stored, round: 0 })
  const [standing, setStanding] = useState<Standing>('same')
  const [isTypedMeanwhile, setTypedMeanwhile] = useState(false)
  const isOld = JSON.stringify(stored) !== JSON.stringify(seen.stored)

  function beginAnew(): void {
    setStanding('same')
    setSeen({ stored, round: seen.round + 1 })
  }

  function goOn(): void {
    setStanding('changed')
    setSeen({ stored, round: seen.round })
    setTypedMeanwhile(false)
  }

  function noteTyping(): void {
    if (standing === 'saving') setTypedMeanwhile(true)
  }

  // The save has failed: the next one begins with all that stands there.
  if (isTypedMeanwhile && (standing === 'changed' || standing === 'same')) setTypedMeanwhile(false)
  if (standing === 'saved' && isTypedMeanwhile) goOn()
  else if (standing === 'saved' || (standing === 'same' && isOld)) beginAnew()
  return (
    <Report value={setStanding}>
      <Box display="contents" onInput={noteTyping}>
        {children(seen.stored, seen.round)}
      </Box>
      {isOld && standing === 'changed' && (
        <Box maw={formWidth}>
          <Notice
            meaning="attention"
            title="Somebody else has changed this since you began"
            isNew
            action={
              <Button
                variant="default"
                onClick={() => {
                  // The button goes with the form.
                  focusScreen()
                  beginAnew()
                }}
              >
                Drop mine, take the present values
              </Button>
            }
          >
            What you have put in still stands here. To save it puts it in the place of what is so now.
          </Notice>
        </Box>
      )}
    </Report>
  )
}
