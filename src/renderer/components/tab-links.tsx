import { Link } from 'wouter'
import classes from './tab-links.module.css'

interface TabLinksProps {
  readonly label: string
  readonly tabs: readonly { readonly path: string; readonly label: string; readonly isCurrent: boolean }[]
}

/** The parts of a screen, each with a URL of its own. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  return (
    <nav aria-label={label} className={classes['tabs']}>
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
