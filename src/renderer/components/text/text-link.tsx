import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

interface TextLinkProps {
  readonly href: string
  readonly children: ReactNode
}

/** A link to another screen inside a sentence: underlined, so that it is told by more than its colour. */
export function TextLink({ href, children }: TextLinkProps) {
  return (
    <Anchor component={Link} href={href} underline="always" inherit>
      {children}
    </Anchor>
  )
}
