import { Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Integration } from '../../../contract/integrations.ts'
import type { Token } from '../../../contract/tokens.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { firstClick } from '../../components/dialog/first-click.ts'
import { useFreshError } from '../../components/dialog/use-fresh-error.ts'
import { isolated } from '../../components/text/isolated.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { pastTimeText } from '../../components/text/time-text.ts'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useConnection } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { useFreshToken } from '../../stores/fresh-token.ts'
import { keptText, stoppedText } from './retiring-tokens.ts'

interface RotateDialogProps {
  readonly integration: Integration
  /** Those that still work beside the active one. */
  readonly retiring: readonly Token[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

const never = 'never'
const ends = [
  { value: never, label: 'Never' },
  { value: '90', label: 'After 90 days' },
  { value: '180', label: 'After 180 days' },
  { value: '365', label: 'After a year' },
]

const usualOverlap = 3
const mostOverlap = 90

/** What becomes of the old token when a new one is issued. */
export function RotateDialog({ integration, retiring, isOpen, onClose }: RotateDialogProps) {
  const { slug, name, token } = integration
  const connection = useConnection()
  const now = useNow()
  const showToken = useFreshToken((state) => state.show)
  const [way, setWay] = useState('keep')
  const [daysText, setDays] = useState(String(usualOverlap))
  const days = wholeNumber(daysText, 1, mostOverlap)
  const [expiry, setExpiry] = useState<string>(never)
  const keepsOld = token !== null && way === 'keep'
  const isValid = !keepsOld || days !== undefined
  const rotate = useMutation({
    // The answer holds the token, which has no business in a cache: nothing comes out of here.
    async mutationFn() {
      const issued = await connection.engine.tokens.rotate({
        slug,
        keepOldDays: keepsOld ? (days ?? usualOverlap) : null,
        expiresInDays: expiry === never ? null : Number(expiry),
      })
      showToken(
        slug,
        issued.token,
        issued.overlapUntil === null
          ? `${isolated(name)} signs in with this token from now on; the one before it is void.`
          : `Paste it into ${isolated(name)}. The old token works until this one is first used, and for ${amountText(days ?? usualOverlap, 'day')} at most.`,
      )
    },
    onSuccess: onClose,
  })
  const problem = useFreshError(isOpen, rotate.error)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={token ? `Rotate the token of ${isolated(name)}` : `Issue a token for ${isolated(name)}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        {token && (
          <Radio.Group label="The old token" value={way} onChange={setWay}>
            <Stack gap="sm" mt="xs">
              <Radio
                value="keep"
                data-autofocus
                label="works until the new one is first used"
                description={`The identity provider goes on meanwhile.${keptText(retiring, now)}`}
              />
              {way === 'keep' && (
                <NumberField
                  ml={32}
                  w={280}
                  label="and for so many days at most"
                  least={1}
                  most={mostOverlap}
                  value={daysText}
                  onChange={setDays}
                  error={isValid ? undefined : 'From 1 to 90 days.'}
                />
              )}
              <Radio
                value="now"
                label="stops at once"
                description={`${
                  token.lastUsedAt === null
                    ? 'It has not been used yet.'
                    : `It was used ${pastTimeText(token.lastUsedAt, now)}; the identity provider is shut out until it has the new one.`
                }${stoppedText(retiring, now)}`}
              />
            </Stack>
          </Radio.Group>
        )}
        <Select
          label="The new token ends"
          data={ends}
          value={expiry}
          onChange={(value) => setExpiry(value ?? never)}
          allowDeselect={false}
        />
        <Problem error={problem} />
        <Text size="xs" c="dimmed">
          The new token is shown once. Have the portal of the identity provider at hand.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={rotate.isPending} disabled={!isValid} onClick={firstClick(() => rotate.mutate())}>
            Issue the new token
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
