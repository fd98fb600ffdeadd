import { Button, Stack, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
import type { Drift } from '../../../contract/resource.ts'
import type { Schema, SchemaAttribute } from '../../../contract/schemas.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { AttributeValue } from './attribute-value.tsx'
import { DriftNote } from './drift-note.tsx'
import classes from './attribute-groups.module.css'

type Resource = Readonly<Record<string, unknown>>

export interface DriftActions {
  /** Who manages the record, by name. */
  readonly managerName: string
  readonly isBusy: boolean
  readonly onTakeBack: (attribute: string) => void
}

interface AttributeGroupsProps extends DriftActions {
  readonly schemas: readonly Schema[]
  readonly resource: Resource
  readonly drift: readonly Drift[]
}

interface Line {
  readonly attribute: SchemaAttribute
  /** As drift names it. */
  readonly path: string
  readonly value: unknown
}

function isObject(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is kept nowhere has no value to show; membership has a tab of its own. */
function isShown({ name }: SchemaAttribute): boolean {
  return name !== 'password' && name !== 'groups' && name !== 'members'
}

function linesOf(schema: Schema, resource: Resource): readonly Line[] {
  const holder = schema.kind === 'core' ? resource : resource[schema.urn]
  return schema.attributes.filter(isShown).map((attribute) => ({
    attribute,
    path: schema.kind === 'core' ? attribute.name : `${schema.urn}:${attribute.name}`,
    value: isObject(holder) ? holder[attribute.name] : undefined,
  }))
}

/** Every attribute of a record, schema by schema. */
export function AttributeGroups({ schemas, resource, drift, ...actions }: AttributeGroupsProps) {
  const [showsEmpty, setShowsEmpty] = useState(false)
  const groups = schemas.map((schema) => ({ schema, lines: linesOf(schema, resource) }))
  const isEmpty = ({ value, path }: Line) => value === undefined && !drift.some(({ attribute }) => attribute === path)
  const empty = groups.reduce((sum, { lines }) => sum + lines.filter(isEmpty).length, 0)
  return (
    <Stack gap="lg">
      {groups.map(({ schema, lines }) => {
        const shown = showsEmpty ? lines : lines.filter((line) => !isEmpty(line))
        return shown.length === 0 ? null : (
          <SchemaGroup key={schema.urn} schema={schema} lines={shown} drift={drift} {...actions} />
        )
      })}
      {empty > 0 && (
        <div>
          <Button variant="default" onClick={() => setShowsEmpty(!showsEmpty)}>
            {showsEmpty ? 'Hide the empty ones' : `Show ${amountText(empty, 'attribute')} without a value`}
          </Button>
        </div>
      )}
    </Stack>
  )
}

const titles = { core: 'User', 'standard-extension': 'Enterprise', custom: 'Custom attributes' } as const

interface SchemaGroupProps extends DriftActions {
  readonly schema: Schema
  readonly lines: readonly Line[]
  readonly drift: readonly Drift[]
}

function SchemaGroup({ schema, lines, drift, ...actions }: SchemaGroupProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className={classes['head']}>
        <Title order={3} id={id}>
          {schema.kind === 'core' ? schema.name : titles[schema.kind]}
        </Title>
        <Text size="xs" c="dimmed" ff="monospace" className="breakable">
          {schema.urn}
        </Text>
      </div>
      <dl className={classes['lines']}>
        {lines.map(({ attribute, path, value }) => {
          const drifted = drift.find((each) => each.attribute === path)
          return (
            <div key={path} className={classes['line']}>
              <dt title={attribute.description}>{attribute.name}</dt>
              <dd>
                <AttributeValue attribute={attribute} value={value} />
                {drifted && <DriftNote drift={drifted} {...actions} />}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
