import { items } from '../../../../idp/simulated/answer-content.ts'
import type { JsonObject } from '../../../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../../../scim/urn.ts'
import type { Answer } from '../../exchange.ts'
import { verdictOf, type CheckGroup, type Unmet, type Verdict } from '../check.ts'
import { at, has, hasStatus, holds, lacks } from '../expectations.ts'
import type { Lab } from '../lab.ts'

/** Makes a user, changes it, and looks what a read says afterwards. */
async function change(
  lab: Lab,
  from: JsonObject,
  operations: readonly JsonObject[],
  ...expected: readonly ((read: Answer) => Unmet | undefined)[]
): Promise<Verdict> {
  const { path, id } = await lab.user(from)
  const answer = await lab.patch(path, ...operations)
  const read = await lab.get(path)
  return verdictOf(hasStatus(answer, 200, 204), has(read, ['id'], id), ...expected.map((each) => each(read)))
}

const titled = (value: string) => (read: Answer) => has(read, ['title'], value)
const active = (value: boolean) => (read: Answer) => has(read, ['active'], value)

/** A work and a home address that nobody has yet: there are endpoints that let nobody have the address of another. */
function addresses(lab: Lab) {
  return {
    work: { type: 'work', value: lab.freshName(), primary: true },
    home: { type: 'home', value: lab.freshName() },
  }
}

/** RFC 7643 §4.1.2 lets endpoints write a number as RFC 3966 has it: `tel:+1-555-0101`. */
function hasNumber(read: Answer, path: readonly string[], number: string): Unmet | undefined {
  const found = at(read, path)
  const digits = (text: string) => text.replaceAll(/\D/g, '')
  return typeof found === 'string' && digits(found) === digits(number) ? undefined : has(read, path, number)
}

export const patch: CheckGroup = {
  subject: 'PATCH',
  needs: ['patch'],
  checks: [
    {
      id: 'patch-replace',
      title: 'replace with a path changes an attribute',
      basis: 'RFC 7644 §3.5.2.3',
      weight: 'must',
      run: (lab) => change(lab, {}, [{ op: 'replace', path: 'title', value: 'Chief' }], titled('Chief')),
    },
    {
      id: 'patch-add',
      title: 'add with a path sets an attribute',
      basis: 'RFC 7644 §3.5.2.1',
      weight: 'must',
      run: (lab) => change(lab, {}, [{ op: 'add', path: 'title', value: 'Chief' }], titled('Chief')),
    },
    {
      id: 'patch-remove',
      title: 'remove with a path takes an attribute away',
      basis: 'RFC 7644 §3.5.2.2',
      weight: 'must',
      run: (lab) =>
        change(lab, { title: 'Chief' }, [{ op: 'remove', path: 'title' }], (read) => lacks(read, ['title'])),
    },
    {
      id: 'patch-op-case',
      title: 'The operations may be written Add, Replace and Remove',
      basis: 'Entra ID',
      weight: 'must',
      run: (lab) => change(lab, {}, [{ op: 'Replace', path: 'title', value: 'Chief' }], titled('Chief')),
    },
    {
      id: 'patch-no-path',
      title: 'replace without a path takes its attributes from the value',
      basis: 'RFC 7644 §3.5.2.3',
      weight: 'must',
      run: (lab) =>
        change(lab, {}, [{ op: 'replace', value: { title: 'Chief', displayName: 'Other' } }], titled('Chief'), (read) =>
          has(read, ['displayName'], 'Other'),
        ),
    },
    {
      id: 'patch-deactivate-entra',
      title: 'active may come as the text "False"',
      basis: 'Entra ID',
      weight: 'must',
      run: (lab) => change(lab, {}, [{ op: 'Replace', path: 'active', value: 'False' }], active(false)),
    },
    {
      id: 'patch-reactivate-entra',
      title: 'active may come as the text "True"',
      basis: 'Entra ID',
      weight: 'must',
      run: (lab) => change(lab, { active: false }, [{ op: 'Replace', path: 'active', value: 'True' }], active(true)),
    },
    {
      id: 'patch-deactivate-okta',
      title: 'active is changed without a path',
      basis: 'Okta (catalogue apps)',
      weight: 'must',
      run: (lab) => change(lab, {}, [{ op: 'replace', value: { active: false } }], active(false)),
    },
    {
      id: 'patch-sub-attribute',
      title: 'A path with a dot changes one part of the name and leaves the other',
      basis: 'RFC 7644 §3.5.2',
      weight: 'must',
      run: (lab) =>
        change(
          lab,
          {},
          [{ op: 'replace', path: 'name.familyName', value: 'Changed' }],
          (read) => has(read, ['name', 'familyName'], 'Changed'),
          (read) => has(read, ['name', 'givenName'], 'Check'),
        ),
    },
    {
      id: 'patch-value-filter',
      title: 'A path with a value filter changes that entry alone',
      basis: 'RFC 7644 §3.5.2.3, Entra ID',
      weight: 'must',
      run(lab) {
        const { work, home } = addresses(lab)
        const value = lab.freshName()
        return change(
          lab,
          { emails: [work, home] },
          [{ op: 'replace', path: 'emails[type eq "work"].value', value }],
          (read) => has(read, ['emails', 'work', 'value'], value),
          (read) => has(read, ['emails', 'home', 'value'], home.value),
        )
      },
    },
    {
      id: 'patch-value-filter-creates',
      title: 'Add with a value filter makes the entry where there is none',
      basis: 'Entra ID',
      weight: 'must',
      run: (lab) =>
        change(lab, {}, [{ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0101' }], (read) =>
          hasNumber(read, ['phoneNumbers', 'mobile', 'value'], '+1 555 0101'),
        ),
    },
    {
      id: 'patch-add-keeps',
      title: 'add to a list keeps what is in it',
      basis: 'RFC 7644 §3.5.2.1',
      weight: 'must',
      run(lab) {
        const { work, home } = addresses(lab)
        return change(
          lab,
          { emails: [work] },
          [{ op: 'add', path: 'emails', value: [home] }],
          (read) => has(read, ['emails', 'work', 'value'], work.value),
          (read) => has(read, ['emails', 'home', 'value'], home.value),
        )
      },
    },
    {
      id: 'patch-remove-entry',
      title: 'remove with a value filter takes that entry alone away',
      basis: 'RFC 7644 §3.5.2.2',
      weight: 'must',
      run(lab) {
        const { work, home } = addresses(lab)
        return change(
          lab,
          { emails: [work, home] },
          [{ op: 'remove', path: 'emails[type eq "home"]' }],
          (read) => has(read, ['emails', 'work', 'value'], work.value),
          (read) =>
            holds(
              items(at(read, ['emails'])).length === 1,
              '1 e-mail address',
              `${items(at(read, ['emails'])).length}`,
            ),
        )
      },
    },
    {
      id: 'patch-enterprise',
      title: 'A path may begin with the URN of the enterprise extension',
      basis: 'RFC 7644 §3.10, Entra ID',
      weight: 'must',
      needs: ['enterprise extension'],
      run: (lab) =>
        change(lab, {}, [{ op: 'Add', path: `${enterpriseUserSchemaUrn}:department`, value: 'Research' }], (read) =>
          has(read, [enterpriseUserSchemaUrn, 'department'], 'Research'),
        ),
    },
    {
      id: 'patch-manager',
      title: 'A manager may come as a bare id',
      basis: 'Entra ID',
      weight: 'should',
      needs: ['enterprise extension'],
      async run(lab) {
        const { id } = await lab.user()
        const path = `${enterpriseUserSchemaUrn}:manager`
        return change(lab, {}, [{ op: 'Add', path, value: id }], (read) =>
          has(read, [enterpriseUserSchemaUrn, 'manager', 'value'], id),
        )
      },
    },
    {
      id: 'patch-order',
      title: 'Operations are carried out in their order',
      basis: 'RFC 7644 §3.5.2',
      weight: 'must',
      run: (lab) =>
        change(
          lab,
          { title: 'First' },
          [
            { op: 'remove', path: 'title' },
            { op: 'add', path: 'title', value: 'Second' },
            { op: 'replace', path: 'title', value: 'Third' },
          ],
          titled('Third'),
        ),
    },
    {
      id: 'patch-clear',
      title: 'replace with an empty text clears an attribute',
      basis: 'Entra ID (gallery validation)',
      weight: 'should',
      run: (lab) =>
        change(lab, { title: 'Chief' }, [{ op: 'replace', path: 'title', value: '' }], (read) =>
          lacks(read, ['title']),
        ),
    },
    {
      id: 'patch-atomic',
      title: 'When one operation fails, none is carried out',
      basis: 'RFC 7644 §3.5.2',
      weight: 'must',
      async run(lab) {
        const { path } = await lab.user({ title: 'Before' })
        const answer = await lab.patch(
          path,
          { op: 'replace', path: 'title', value: 'After' },
          { op: 'overturn', path: 'displayName', value: 'x' },
        )
        return verdictOf(hasStatus(answer, 400), titled('Before')(await lab.get(path)))
      },
    },
    {
      id: 'patch-taken-name',
      title: 'A rename onto a userName that is taken is answered with 409',
      basis: 'RFC 7644 §3.12, Entra ID',
      weight: 'should',
      async run(lab) {
        const [one, other] = [await lab.user(), await lab.user()]
        const answer = await lab.patch(one.path, { op: 'Replace', path: 'userName', value: other.userName })
        return verdictOf(hasStatus(answer, 409))
      },
    },
    {
      id: 'patch-nobody',
      title: 'A PATCH of an unknown id is answered with 404',
      basis: 'RFC 7644 §3.12, Entra ID',
      weight: 'must',
      run: async (lab) =>
        verdictOf(
          hasStatus(await lab.patch('/Users/nobody-has-this-id', { op: 'replace', path: 'title', value: 'x' }), 404),
        ),
    },
  ],
}
