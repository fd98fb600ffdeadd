import { Box, Group, InputWrapperContext, type BoxProps } from '@mantine/core'
import { use, type ReactNode } from 'react'

interface BesideFieldProps extends Pick<BoxProps, 'w' | 'flex'> {
  readonly field: ReactNode
  readonly button: ReactNode
}

function BesideField({ field, button, ...size }: BesideFieldProps) {
  const { offsetTop: isDescribed } = use(InputWrapperContext) ?? {}
  return (
    <Group gap="xs" align="flex-start">
      <Box miw={0} {...size}>
        {field}
      </Box>
      {/* Mantine leaves as much between a field and what describes it. */}
      <Box mt={isDescribed ? 'calc(var(--mantine-spacing-xs) / 2)' : 0}>{button}</Box>
    </Group>
  )
}

/** For `inputContainer`: the button of a field beside it. What is wrong is said below both, so that the button stays where it was pressed. */
export function besideField(button: ReactNode, size: Pick<BoxProps, 'w' | 'flex'>) {
  return (field: ReactNode) => <BesideField field={field} button={button} {...size} />
}
