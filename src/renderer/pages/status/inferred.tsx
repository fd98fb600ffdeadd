import { Text } from '@mantine/core'
import { Lightbulb } from 'lucide-react'
import classes from './status.module.css'

interface InferredProps {
  /** Where the IdP's own account is found. */
  readonly ownLog: string | null
}

/** Says that what stands here is an inference, and where the IdP's own account is. */
export function Inferred({ ownLog }: InferredProps) {
  return (
    <Text size="xs" c="dimmed" className={classes['inferred']} component="p">
      <Lightbulb size={13} aria-hidden />
      <span>
        Inferred from requests.{' '}
        {ownLog === null ? 'The identity provider has its own log.' : `Its own account: ${ownLog}.`}
      </span>
    </Text>
  )
}
