import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CustomAttribute } from '../../../contract/attributes.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useFocusBack } from '../../components/focus/use-focus-back.ts'
import { useConnection } from '../../rpc/engine.ts'
import { readStream } from '../../rpc/read-stream.ts'

interface RemoveAttributeDialogProps {
  readonly attribute: CustomAttribute
  readonly directory: string
  /** How many have a value; undefined until that is known. */
  readonly used: number | undefined
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Removes an attribute with its values. Where values go with it, its name has to be typed. */
export function RemoveAttributeDialog(props: RemoveAttributeDialogProps) {
  const { attribute, directory, used, onClose, onRemoved } = props
  const { name, urn, isBeingRemoved } = attribute
  const connection = useConnection()
  useFocusBack(true)
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const [removed, setRemoved] = useState<number>()
  const [error, setError] = useState<unknown>()
  const ended = useRef<AbortController>(undefined)
  const isRunning = removed !== undefined && error === undefined
  const values = used === undefined ? 'its values' : amountText(used, 'value')
  const needsName = !isBeingRemoved && used !== 0

  useEffect(() => () => ended.current?.abort(), [])

  async function run(): Promise<void> {
    const controller = new AbortController()
    ended.current = controller
    setRemoved(0)
    setError(undefined)
    let isDone = false
    try {
      await readStream<{ readonly users: number; readonly isDone: boolean }>({
        connection,
        signal: controller.signal,
        isResumable: true,
        open: (where, signal) => connection.engine.attributes.remove({ ...where, directory, name, urn }, { signal }),
        onBatch({ items }) {
          const newest = items.at(-1)
          if (!newest) return
          setRemoved(newest.users)
          isDone = newest.isDone
        },
      })
    } catch (problem) {
      setError(problem)
    }
    await client.invalidateQueries()
    if (isDone) onRemoved()
    else if (controller.signal.aborted) onClose()
  }

  return (
    <Modal
      opened
      onClose={() => !isRunning && onClose()}
      title={`Remove ${name} from everybody?`}
      withCloseButton={!isRunning}
      closeOnClickOutside={!isRunning}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          {isBeingRemoved
            ? `${name} is out of the schema; ${values} are still stored and go now.`
            : used === 0
              ? 'Nobody has a value. Identity providers that still map it are told that it does not exist, which they ignore.'
              : `${name} goes out of the schema at once, and ${values} of people, archived ones included, are removed after it. This cannot be undone.`}
        </Text>
        {needsName && removed === undefined && (
          <TextInput
            label={`Type ${name} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {removed !== undefined && (
          <div>
            <Progress
              value={used === undefined || used === 0 ? 100 : Math.min(100, (removed / used) * 100)}
              animated={isRunning}
              aria-label="Progress"
              transitionDuration={0}
            />
            <Text size="sm" mt={6} role="status" className="tabular">
              {used === undefined
                ? `${numberText(removed)} values removed`
                : `${numberText(removed)} of ${numberText(used)} values removed`}
            </Text>
          </div>
        )}
        <Problem error={error} title="It was not finished. What is left can be removed later." />
        <Group justify="flex-end" gap="xs">
          {isRunning ? (
            <Button variant="default" onClick={() => ended.current?.abort()}>
              Stop; go on later
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={onClose} data-autofocus={!needsName || undefined}>
                Cancel
              </Button>
              <Button color="red" disabled={needsName && typed !== name} onClick={() => void run()}>
                {used === undefined || used === 0 ? `Remove ${name}` : `Remove ${name} and ${values}`}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
