import { Button } from '@mantine/core'
import { CircleX, Info, TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { Attention } from '../../../contract/overview.ts'
import { useNow } from '../../stores/clock.ts'
import { attentionText } from './attention-text.ts'
import classes from './attention-list.module.css'

const icons = { failure: CircleX, attention: TriangleAlert, information: Info, ok: Info, neutral: Info } as const
const words = { failure: 'Failure', attention: 'Attention', information: 'Note', ok: 'Note', neutral: 'Note' } as const

/** What a person should see to, the most urgent first. */
export function AttentionList({ items }: { readonly items: readonly Attention[] }) {
  const now = useNow()
  return (
    <ul className={classes['list']}>
      {items.map((item) => {
        const { key, meaning, sentence, action } = attentionText(item, now)
        const Icon = icons[meaning]
        return (
          <li key={key} data-meaning={meaning}>
            <Icon size={15} aria-label={words[meaning]} />
            <span className="breakable">{sentence}</span>
            {action && (
              <Button component={Link} href={action.href} variant="default" size="compact-xs">
                {action.label}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
