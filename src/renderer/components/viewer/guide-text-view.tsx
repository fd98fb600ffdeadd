import { Anchor } from '@mantine/core'
import type { GuideText } from '../../../contract/integrations.ts'
import { unreachable } from '../../unreachable.ts'
import classes from './guide-text-view.module.css'

/** A guide's text: labels as the portal prints them, values in mono, links into the portal. */
export function GuideTextView({ text }: { readonly text: readonly GuideText[] }) {
  return (
    <>
      {text.map((piece, n) => {
        switch (piece.kind) {
          case 'label':
            return <strong key={n}>{piece.text}</strong>
          case 'value':
            return (
              <code key={n} className={classes['value']}>
                {piece.text}
              </code>
            )
          case 'link':
            return (
              <Anchor key={n} href={piece.text} target="_blank" rel="noreferrer" underline="always" inherit>
                {new URL(piece.text).host}
              </Anchor>
            )
          case 'text':
            return <span key={n}>{piece.text}</span>
          default:
            return unreachable(piece.kind)
        }
      })}
    </>
  )
}
