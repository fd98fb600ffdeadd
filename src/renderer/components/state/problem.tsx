import { Alert, Button } from '@mantine/core'
import { CircleX } from 'lucide-react'
import { AnswerLost } from '../../rpc/connection.ts'
import { problemOf } from '../../rpc/problem-of.ts'

interface ProblemProps {
  /** What was thrown; nothing is drawn for none. */
  readonly error: unknown
  /** What was tried: "The integration was not created." */
  readonly title?: string
  readonly onRetry?: () => void
}

/** An error, beside what caused it. */
export function Problem({ error, title, onRetry }: ProblemProps) {
  if (error === null || error === undefined) return null
  return (
    <Alert
      role="alert"
      // An act may put the focus on it.
      tabIndex={-1}
      color="red"
      variant="light"
      icon={<CircleX size={16} aria-hidden />}
      // That nothing was done would be a guess.
      title={error instanceof AnswerLost ? 'It is not known whether this was done.' : title}
      classNames={{ message: 'breakable' }}
    >
      {problemOf(error)}
      {onRetry && (
        <div>
          <Button mt="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  )
}
