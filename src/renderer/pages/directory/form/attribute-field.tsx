import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core'
import type { JsonValue } from '../../../../contract/resource.ts'
import type { PlainAttribute } from '../../../../contract/schemas.ts'

interface AttributeFieldProps {
  readonly attribute: PlainAttribute
  /** Shown instead of the attribute's name. */
  readonly label?: string | undefined
  readonly value: JsonValue | undefined
  readonly problem: string | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  /** Without the description below it, where there are many. */
  readonly isBrief?: boolean
  /** Whoever opens the screen begins here. */
  readonly isFirst?: boolean
}

const examples = {
  dateTime: '2026-03-04T16:05:00Z',
  integer: '42',
  decimal: '4.2',
  reference: 'https://',
} as const

function exampleOf({ type }: PlainAttribute): string | undefined {
  return type in examples ? examples[type as keyof typeof examples] : undefined
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}

/** A field for one value. What is typed goes to the engine as it is, which says what is wrong with it. */
export function AttributeField(props: AttributeFieldProps) {
  const { attribute, label, value, problem, onChange, isBrief = false, isFirst = false } = props
  const shared = {
    label: label ?? attribute.name,
    description: isBrief ? undefined : attribute.description,
    error: problem,
    required: attribute.required,
    withAsterisk: attribute.required,
    'data-autofocus': isFirst || undefined,
  }
  if (attribute.type === 'boolean')
    return (
      <Select
        {...shared}
        placeholder="Not set"
        clearable
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={textOf(value) || null}
        onChange={(next) => onChange(next === null ? undefined : next === 'true')}
      />
    )
  if (attribute.type === 'binary')
    return (
      <Textarea
        {...shared}
        rows={3}
        value={textOf(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
        ff="monospace"
      />
    )
  if (attribute.canonicalValues.length > 0)
    return (
      <Autocomplete
        {...shared}
        data={attribute.canonicalValues}
        value={textOf(value)}
        onChange={(next) => onChange(next)}
      />
    )
  const isNumber = attribute.type === 'integer' || attribute.type === 'decimal'
  return (
    <TextInput
      {...shared}
      inputMode={isNumber ? 'decimal' : undefined}
      placeholder={exampleOf(attribute)}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
