import { RedactedText } from '../../../components/viewer/redacted-text.tsx'
import classes from './detail.module.css'

interface HeaderListProps {
  readonly label: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

/** Headers as they came, in their order. */
export function HeaderList({ label, headers }: HeaderListProps) {
  return (
    <dl className={classes['headers']} aria-label={label}>
      {headers.map(({ name, value }, n) => (
        <div key={n}>
          <dt>{name}</dt>
          <dd className="breakable">
            <RedactedText text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
