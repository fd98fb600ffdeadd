import { useMergedRef } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { showMoreSideways } from '../table/show-more-sideways.ts'
import classes from './tab-links.module.css'

interface TabLinksProps {
  readonly label: string
  readonly tabs: readonly { readonly path: string; readonly label: string; readonly isCurrent: boolean }[]
}

/** The parts of a screen, each with a URL of its own. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  const bar = useRef<HTMLElement>(null)
  const barRef = useMergedRef(bar, showMoreSideways)
  const current = tabs.find((tab) => tab.isCurrent)?.path

  // Where there is no room for all of them, the current one is to be seen, with what stands on both sides of it.
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>('[aria-current]')
    if (bar.current && tab) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.offsetWidth) / 2
  }, [current])

  return (
    <nav ref={barRef} aria-label={label} className={classes['tabs']}>
      {tabs.map((tab) => (
        <Link
          key={tab.path}
          href={tab.path}
          className={classes['tab']}
          aria-current={tab.isCurrent ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
