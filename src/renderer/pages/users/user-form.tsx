import { Select, SimpleGrid, Stack, Switch } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import type { JsonObject } from '../../../contract/resource.ts'
import type { Schema } from '../../../contract/schemas.ts'
import type { Role } from '../../../contract/users.ts'
import { Panel } from '../../components/page/panel.tsx'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { AttributeEditor, type DraftForm } from '../directory/form/attribute-editor.tsx'
import {
  pathText,
  resourceOf,
  valueAt,
  withoutBlanksAround,
  withValueAt,
  type Draft,
  type DraftPath,
} from '../directory/form/draft.ts'
import { FormActions } from '../directory/form/form-actions.tsx'
import { removedAttributes, withoutRemoved } from '../directory/form/removed-attributes.ts'
import { RemovedNote } from '../directory/form/removed-note.tsx'
import { SchemaSections } from '../directory/form/schema-sections.tsx'
import { roleNames, roles } from '../directory/role-names.ts'
import { panelsWidth } from '../../components/page/widths.ts'

interface UserFormProps {
  readonly schemas: readonly Schema[]
  readonly initial: Draft
  /** What stands in it at first, where that is changed already. */
  readonly start?: Draft | undefined
  /** A role is chosen with it, which of somebody who is there is changed by itself; and whoever opens it begins in its first field. */
  readonly isNew: boolean
  /** "Add the person" */
  readonly action: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: (resource: JsonObject, role: Role) => void
  readonly onCancel: () => void
  /** Stands below the form, about what stands in it now. */
  readonly note?: (resource: JsonObject) => ReactNode
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** The common ones, in the order in which a person thinks of them. */
const common: readonly (readonly [path: DraftPath, label: string])[] = [
  [['userName'], 'userName'],
  [['displayName'], 'Display name'],
  [['name', 'givenName'], 'Given name'],
  [['name', 'familyName'], 'Family name'],
  [['title'], 'Job title'],
  [[enterprise, 'department'], 'Department'],
]

/** The form of a person: the common attributes first, every other one below. */
export function UserForm(props: UserFormProps) {
  const { schemas, initial, start = initial, isNew, action, isBusy, error, onSubmit, onCancel, note } = props
  const [draft, setDraft] = useState(start)
  const [opened] = useState(schemas)
  const removed = removedAttributes(opened, schemas, draft)
  const [role, setRole] = useState<Role>('user')
  const problems = fieldProblems(error)
  const extensions = schemas.filter((each) => each.kind !== 'core').map((each) => each.urn)
  const form: DraftForm = { draft, problems, extensions, onChange: setDraft }
  const isChanged = draft !== initial && JSON.stringify(resourceOf(draft)) !== JSON.stringify(resourceOf(initial))

  function submit(event: FormEvent): void {
    event.preventDefault()
    onSubmit(resourceOf(withoutBlanksAround(withoutRemoved(draft, removed), initial)), role)
  }

  const known = common.filter(([path]) => typeof path[0] === 'string' && findAttribute(schemas, path))
  const emails = findAttribute(schemas, ['emails'])
  const elsewhere = ['emails', 'active', ...known.map(([path]) => pathText(path, extensions))]
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={panelsWidth}>
          <Panel title="Usual attributes">
            <Stack gap="md">
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="sm">
                {known.map(([path, label], n) => {
                  const attribute = findAttribute(schemas, path)
                  return (
                    attribute && (
                      <AttributeEditor
                        key={label}
                        form={form}
                        attribute={attribute}
                        path={path}
                        label={label}
                        isBrief
                        isFirst={isNew && n === 0}
                      />
                    )
                  )
                })}
                {isNew && (
                  <Select
                    label="Role"
                    description={
                      role === 'administrator'
                        ? 'SCIM never sees a local Administrator.'
                        : 'What the person may do here.'
                    }
                    data={roles.map((each) => ({ value: each, label: roleNames[each] }))}
                    value={role}
                    allowDeselect={false}
                    onChange={(next) => setRole(roles.find((each) => each === next) ?? 'user')}
                  />
                )}
              </SimpleGrid>
              <Switch
                label="Active"
                description="Whether the person may sign in."
                checked={valueAt(draft, ['active']) !== false}
                onChange={(event) => setDraft(withValueAt(draft, ['active'], event.currentTarget.checked))}
              />
              {emails && <AttributeEditor form={form} attribute={emails} path={['emails']} label="E-mail addresses" />}
            </Stack>
          </Panel>
          <SchemaSections form={form} schemas={schemas} elsewhere={elsewhere} />
          <RemovedNote removed={removed} />
          <FormActions action={action} isBusy={isBusy} isChanged={isChanged} error={error} onCancel={onCancel} />
        </Stack>
      </form>
      {note?.(resourceOf(withoutRemoved(draft, removed)))}
    </>
  )
}

function findAttribute(schemas: readonly Schema[], [first, second]: DraftPath) {
  const extension = schemas.find((each) => each.urn === first)
  if (extension) return extension.attributes.find((each) => each.name === second)
  const attribute = schemas.find((each) => each.kind === 'core')?.attributes.find((each) => each.name === first)
  if (second === undefined) return attribute
  const sub = attribute?.subAttributes.find((each) => each.name === second)
  return sub && { ...sub, subAttributes: [] }
}
