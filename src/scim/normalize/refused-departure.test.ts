import { expect, it } from 'vitest'
import { createModels } from '../model/models.ts'
import { normalizeResource } from './normalize.ts'
import { createNotes } from '../note.ts'
import { parsePatch } from '../patch/parse-patch.ts'
import { patchOpUrn, userSchemaUrn } from '../urn.ts'

const { user } = createModels([])
const schemas = [userSchemaUrn]

const patched = (operation: object) => () =>
  parsePatch(user, { schemas: [patchOpUrn], Operations: [operation] }, createNotes(true))
const created = (attributes: object) => () =>
  normalizeResource(user, { schemas, userName: 'a', ...attributes }, { notes: createNotes(true), purpose: 'create' })

it.each([
  [
    'an operation in capitals',
    patched({ op: 'Replace', path: 'title', value: 'x' }),
    '"op" must be in lower case; write replace.',
  ],
  [
    'a boolean as text',
    patched({ op: 'add', path: 'active', value: 'True' }),
    '"active" must be true or false, without quotes; write true.',
  ],
  ['one value for a list', created({ emails: { value: 'a@x.test' } }), '"emails" is a list; send an array.'],
  [
    'two primary values',
    created({
      roles: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }),
    'At most one value of "roles" can be primary.',
  ],
])('a strict integration says of %s what to send instead', (_, act, sentence) => {
  expect(act).toThrow(`This integration is strict. ${sentence}`)
})
