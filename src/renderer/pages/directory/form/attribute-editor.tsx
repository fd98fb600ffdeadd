import { Button, CloseButton, Radio, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useId } from 'react'
import type { JsonValue } from '../../../../contract/resource.ts'
import type { PlainAttribute, SchemaAttribute } from '../../../../contract/schemas.ts'
import { AttributeField } from './attribute-field.tsx'
import { pathText, valueAt, withValueAt, type Draft, type DraftPath } from './draft.ts'
import { partLabel } from './part-label.ts'
import classes from './attribute-editor.module.css'

/** A draft and how it is changed. */
export interface DraftForm {
  readonly draft: Draft
  /** By path, as the engine names places. */
  readonly problems: ReadonlyMap<string, string>
  /** The URNs of the extensions, whose attributes stand behind a colon. */
  readonly extensions: readonly string[]
  onChange(draft: Draft): void
}

interface AttributeEditorProps {
  readonly form: DraftForm
  readonly attribute: SchemaAttribute
  readonly path: DraftPath
  readonly label?: string
  readonly isBrief?: boolean
  /** Whoever opens the screen begins here. */
  readonly isFirst?: boolean
}

/** Edits one attribute, whatever it is: a value, parts of one, or several. */
export function AttributeEditor(props: AttributeEditorProps) {
  const { form, attribute, path, label, isBrief = false, isFirst = false } = props
  if (attribute.multiValued) return <ListEditor form={form} attribute={attribute} path={path} label={label} />
  if (attribute.type === 'complex')
    return <Parts form={form} label={label ?? attribute.name} attribute={attribute} path={path} />
  return <Single form={form} attribute={attribute} path={path} label={label} isBrief={isBrief} isFirst={isFirst} />
}

interface SingleProps {
  readonly form: DraftForm
  readonly attribute: PlainAttribute
  readonly path: DraftPath
  readonly label?: string | undefined
  readonly isBrief: boolean
  readonly isFirst?: boolean
}

function Single({ form, attribute, path, label, isBrief, isFirst = false }: SingleProps) {
  return (
    <AttributeField
      attribute={attribute}
      label={label}
      isBrief={isBrief}
      isFirst={isFirst}
      value={valueAt(form.draft, path)}
      problem={form.problems.get(pathText(path, form.extensions))}
      onChange={(value) => form.onChange(withValueAt(form.draft, path, value ?? ''))}
    />
  )
}

interface PartProps {
  readonly form: DraftForm
  /** What it is a part of. */
  readonly of: SchemaAttribute
  readonly part: PlainAttribute
  /** Where the whole is. */
  readonly path: DraftPath
}

function Part({ form, of, part, path }: PartProps) {
  return (
    <Single form={form} attribute={part} path={[...path, part.name]} label={partLabel(of.name, part.name)} isBrief />
  )
}

interface PartsProps {
  readonly form: DraftForm
  readonly label: string
  readonly attribute: SchemaAttribute
  readonly path: DraftPath
}

function Parts({ form, label, attribute, path }: PartsProps) {
  const own = form.problems.get(pathText(path, form.extensions))
  return (
    <fieldset className={classes['parts']}>
      <legend>{label}</legend>
      <Text size="xs" c="dimmed">
        {attribute.description}
      </Text>
      <Own problem={own} />
      <div className={classes['grid']}>
        {attribute.subAttributes
          .filter((each) => each.isWritable)
          .map((part) => (
            <Part key={part.name} form={form} of={attribute} part={part} path={path} />
          ))}
      </div>
    </fieldset>
  )
}

function Own({ problem }: { readonly problem: string | undefined }) {
  if (problem === undefined) return null
  return (
    <Text size="xs" c="var(--rc-failure)" role="alert" tabIndex={-1}>
      {problem}
    </Text>
  )
}

interface ListEditorProps {
  readonly form: DraftForm
  readonly attribute: SchemaAttribute
  readonly path: DraftPath
  readonly label: string | undefined
}

/** Edits several values: one a row, each with its parts, one of them the primary one. */
function ListEditor({ form, attribute, path, label }: ListEditorProps) {
  const id = useId()
  const value = valueAt(form.draft, path)
  const elements: readonly JsonValue[] = Array.isArray(value) ? value : []
  const name = label ?? attribute.name
  const parts = attribute.subAttributes.filter((each) => each.isWritable && each.name !== 'primary')
  const hasPrimary = attribute.subAttributes.some((each) => each.name === 'primary')
  const isComplex = attribute.type === 'complex'

  function add(): void {
    const isFirst = elements.length === 0
    const first = attribute.subAttributes.find((each) => each.name === 'type')?.canonicalValues[0]
    const element = isComplex
      ? {
          ...(first === undefined ? {} : { type: first }),
          ...(hasPrimary && isFirst ? { primary: true } : {}),
        }
      : ''
    form.onChange(withValueAt(form.draft, [...path, elements.length], element))
  }

  function makePrimary(at: number): void {
    const next = elements.reduce<Draft>(
      (draft, _element, n) => withValueAt(draft, [...path, n, 'primary'], n === at),
      form.draft,
    )
    form.onChange(next)
  }

  return (
    <fieldset className={classes['parts']}>
      <legend>{name}</legend>
      <Text size="xs" c="dimmed">
        {attribute.description}
      </Text>
      <Own problem={form.problems.get(pathText(path, form.extensions))} />
      {elements.map((_element, n) => {
        const at = [...path, n]
        return (
          <div key={n} className={classes['element']} role="group" aria-label={`${name} ${n + 1}`}>
            <div className={classes['grid']}>
              {isComplex ? (
                parts.map((part) => <Part key={part.name} form={form} of={attribute} part={part} path={at} />)
              ) : (
                <Single
                  form={form}
                  attribute={{ ...attribute, multiValued: false }}
                  path={at}
                  label={`${name} ${n + 1}`}
                  isBrief
                />
              )}
            </div>
            <Own problem={isComplex ? form.problems.get(pathText(at, form.extensions)) : undefined} />
            <div className={classes['foot']}>
              {hasPrimary && (
                <Radio
                  size="xs"
                  name={`${id}-primary`}
                  label="Primary"
                  checked={valueAt(form.draft, [...at, 'primary']) === true}
                  onChange={() => makePrimary(n)}
                />
              )}
              <CloseButton
                size="sm"
                aria-label={`Remove ${name} ${n + 1}`}
                onClick={() => form.onChange(withValueAt(form.draft, at, undefined))}
              />
            </div>
          </div>
        )
      })}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={13} aria-hidden />}
          aria-label={`${elements.length === 0 ? 'Add one' : 'Add another'}: ${name}`}
          onClick={add}
        >
          {elements.length === 0 ? 'Add one' : 'Add another'}
        </Button>
      </div>
    </fieldset>
  )
}
