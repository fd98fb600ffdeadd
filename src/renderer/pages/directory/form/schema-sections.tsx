import type { Schema, SchemaAttribute } from '../../../../contract/schemas.ts'
import { amountText } from '../../../components/text/amount-text.ts'
import { AttributeEditor, type DraftForm } from './attribute-editor.tsx'
import { pathText, valueAt, type DraftPath } from './draft.ts'
import classes from './schema-sections.module.css'

interface SchemaSectionsProps {
  readonly form: DraftForm
  readonly schemas: readonly Schema[]
  /** Attributes and parts of them that stand elsewhere in the form, as `pathText` names them. */
  readonly elsewhere: readonly string[]
}

const titles = {
  core: 'Further attributes of users',
  'standard-extension': 'Enterprise attributes',
  custom: 'Custom attributes',
} as const

/** Of an attribute with parts, whether one of those that stand here has a value. */
function hasValue({ draft }: DraftForm, attribute: SchemaAttribute, path: DraftPath): boolean {
  if (attribute.type !== 'complex' || attribute.multiValued) return valueAt(draft, path) !== undefined
  return attribute.subAttributes.some(({ name }) => valueAt(draft, [...path, name]) !== undefined)
}

/** Every other attribute, schema by schema; what has a problem stands open. */
export function SchemaSections({ form, schemas, elsewhere }: SchemaSectionsProps) {
  return schemas.map((schema) => {
    const attributes = schema.attributes
      .map((attribute) => {
        const path: DraftPath = schema.kind === 'core' ? [attribute.name] : [schema.urn, attribute.name]
        const text = pathText(path, form.extensions)
        const subAttributes = attribute.subAttributes.filter((each) => !elsewhere.includes(`${text}.${each.name}`))
        return { attribute: { ...attribute, subAttributes }, path, text }
      })
      .filter(({ attribute, text }) => attribute.isWritable && !elsewhere.includes(text))
    if (attributes.length === 0) return null
    const set = attributes.filter(({ attribute, path }) => hasValue(form, attribute, path)).length
    const hasProblem = attributes.some(({ text }) => [...form.problems.keys()].some((each) => each.startsWith(text)))
    return (
      <details
        key={`${schema.urn} ${hasProblem}`}
        className={classes['section']}
        open={hasProblem || schema.kind === 'custom'}
      >
        <summary>
          <span className={classes['title']}>{titles[schema.kind]}</span>
          <span className={classes['count']}>
            {amountText(attributes.length, 'attribute')}
            {set > 0 && `, ${set} with a value`}
          </span>
        </summary>
        <div className={classes['fields']}>
          {attributes.map(({ attribute, path, text }) => (
            <div
              key={text}
              data-wide={attribute.multiValued || attribute.type === 'complex' || undefined}
              className={classes['field']}
            >
              <AttributeEditor form={form} attribute={attribute} path={path} />
            </div>
          ))}
        </div>
      </details>
    )
  })
}
