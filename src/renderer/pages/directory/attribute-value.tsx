import { Anchor } from '@mantine/core'
import type { SchemaAttribute } from '../../../contract/schemas.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { valueText } from './value-text.ts'
import classes from './attribute-value.module.css'

interface AttributeValueProps {
  readonly attribute: SchemaAttribute
  readonly value: unknown
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as text, whatever it holds: nothing of it is markup, and only https addresses are links. */
export function AttributeValue({ attribute, value }: AttributeValueProps) {
  if (value === undefined || value === null) return <span className={classes['none']}>–</span>
  if (Array.isArray(value))
    return (
      <ul className={classes['list']}>
        {value.map((each: unknown, n) => (
          <li key={n}>{isObject(each) ? <Element value={each} /> : <Plain value={each} />}</li>
        ))}
      </ul>
    )
  if (isObject(value))
    return (
      <ul className={classes['list']}>
        {Object.entries(value).map(([name, each]) => (
          <li key={name}>
            <span className={classes['name']}>{name}</span> <Plain value={each} />
          </li>
        ))}
      </ul>
    )
  return <Plain value={value} isCopied={attribute.name === 'userName'} />
}

/** One of several: its value first, then what is said about it. */
function Element({ value }: { readonly value: Readonly<Record<string, unknown>> }) {
  const { type, primary, value: main, ...rest } = value
  const others = Object.entries(rest).filter(([name]) => name !== '$ref')
  return (
    <span className={classes['element']}>
      {main !== undefined && <Plain value={main} />}
      {others.map(([name, each]) => (
        <span key={name} title={name}>
          <Plain value={each} />
        </span>
      ))}
      {typeof type === 'string' && <span className={classes['tag']}>{type}</span>}
      {primary === true && <span className={classes['tag']}>primary</span>}
    </span>
  )
}

function Plain({ value, isCopied = false }: { readonly value: unknown; readonly isCopied?: boolean }) {
  const text = valueText(value)
  if (/^https:\/\/[^\s]+$/.test(text) && text.length < 500)
    return (
      <Anchor href={text} target="_blank" rel="noreferrer noopener" inherit className="breakable">
        {text}
      </Anchor>
    )
  return (
    <>
      <bdi className={classes['text']}>{text}</bdi>
      {isCopied && <CopyButton value={text} what="userName" />}
    </>
  )
}
