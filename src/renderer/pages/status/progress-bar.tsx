import { Progress, Text } from '@mantine/core'
import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { numberText } from '../../components/text/amount-text.ts'

interface ProgressBarProps {
  readonly progress: NonNullable<IntegrationStatus['progress']>
}

/** How far a cycle is, with whose figure the total is. */
export function ProgressBar({ progress }: ProgressBarProps) {
  const { done, total, source } = progress
  const words = `${numberText(done)} of ${numberText(total)} users (${source})`
  return (
    <div>
      <Progress.Root size={8} aria-hidden>
        <Progress.Section value={total === 0 ? 0 : (100 * done) / total} withAria={false} />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={4} className="tabular">
        {words}
      </Text>
    </div>
  )
}
