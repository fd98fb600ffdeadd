import { Button } from '@mantine/core'
import { ArrowDown, CirclePause, Play } from 'lucide-react'
import { numberText } from '../../../components/text/amount-text.ts'
import classes from './tail-bar.module.css'

interface TailBarProps {
  /** How many came since the view was held; undefined while it is not. */
  readonly held: number | undefined
  /** How many came since the end of the list was left. */
  readonly missed: number
  readonly isFollowing: boolean
  readonly onResume: () => void
  readonly onFollow: () => void
}

/** Over the end of the list: that it is held, or that there is more below. */
export function TailBar({ held, missed, isFollowing, onResume, onFollow }: TailBarProps) {
  if (held !== undefined)
    return (
      <div className={classes['bar']}>
        <CirclePause size={15} aria-hidden className={classes['paused']} />
        <span>Paused, {numberText(held)} new</span>
        <Button size="compact-sm" variant="default" leftSection={<Play size={13} aria-hidden />} onClick={onResume}>
          Resume
        </Button>
      </div>
    )
  if (isFollowing || missed === 0) return null
  return (
    <div className={classes['float']}>
      <Button size="compact-sm" leftSection={<ArrowDown size={13} aria-hidden />} onClick={onFollow}>
        Jump to latest ({numberText(missed)})
      </Button>
    </div>
  )
}
