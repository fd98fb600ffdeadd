import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { copyByHand, useCopy } from './use-copy.ts'

interface CopyButtonProps {
  readonly value: string
  /** What is copied, for the tooltip and for screen readers: "SCIM URL". */
  readonly what: string
  /** With the word, where there is room; else an icon. */
  readonly isLabelled?: boolean
  readonly onCopied?: () => void
}

/** Copies a value. That it worked is seen, and announced. */
export function CopyButton({ value, what, isLabelled = false, onCopied }: CopyButtonProps) {
  const { state, copy } = useCopy(value, onCopied)
  const Icon = state === 'copied' ? Check : Copy
  const told = state === 'copied' ? 'Copied' : state === 'failed' ? copyByHand : 'Copy'
  return (
    <>
      {isLabelled ? (
        <Button
          variant="default"
          leftSection={<Icon size={14} aria-hidden />}
          onClick={copy}
          aria-label={`Copy ${what}`}
        >
          {told}
        </Button>
      ) : (
        <Tooltip label={state === 'idle' ? `Copy ${what}` : told} {...(state === 'failed' ? { opened: true } : {})}>
          <ActionIcon onClick={copy} aria-label={`Copy ${what}`} size="sm">
            <Icon size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <span role="status" className="unseen">
        {state === 'copied' ? `${what} copied` : state === 'failed' ? `${what} not copied. ${copyByHand}` : ''}
      </span>
    </>
  )
}
