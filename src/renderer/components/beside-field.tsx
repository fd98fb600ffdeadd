import { Box, Group, type BoxProps } from '@mantine/core'
import type { ReactNode } from 'react'

/** Between a field and what is said above it, as Mantine has it. */
const below = 'calc(var(--mantine-spacing-xs) / 2)'

/** For `inputContainer`: the button of a field beside it. What is wrong is said below both, so that the button stays where it was pressed. */
export function besideField(button: ReactNode, size: Pick<BoxProps, 'w' | 'flex'>) {
  return (field: ReactNode) => (
    <Group gap="xs" align="flex-start">
      <Box miw={0} {...size}>
        {field}
      </Box>
      <Box mt={below}>{button}</Box>
    </Group>
  )
}
