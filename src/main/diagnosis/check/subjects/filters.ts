import { verdictOf, type CheckGroup, type Verdict } from '../check.ts'
import { has, hasStatus, holds, idsOf, listsExactly } from '../expectations.ts'
import type { Lab } from '../lab.ts'

/** One user, and a filter that has to find exactly that one. */
async function findsMade(lab: Lab, filter: (userName: string, id: string) => string): Promise<Verdict> {
  const { id, userName } = await lab.user({ externalId: lab.freshName() })
  return verdictOf(listsExactly(await lab.find('/Users', filter(userName, id)), id))
}

/** Two users with a title of their own; the filter has to tell them from one another. */
async function tellsApart(lab: Lab, filter: (mark: string, userName: string) => string): Promise<Verdict> {
  const mark = lab.freshName()
  const meant = await lab.user({ displayName: mark, title: 'Meant' })
  await lab.user({ displayName: mark })
  return verdictOf(listsExactly(await lab.find('/Users', filter(mark, meant.userName)), meant.id))
}

export const filters: CheckGroup = {
  subject: 'Filters',
  needs: ['filter'],
  checks: [
    {
      id: 'filter-username',
      title: 'userName eq finds exactly one user',
      basis: 'RFC 7644 §3.4.2.2, Entra ID, Okta',
      weight: 'must',
      run: (lab) => findsMade(lab, (userName) => `userName eq "${userName}"`),
    },
    {
      id: 'filter-nobody',
      title: 'A name that nobody has is answered with an empty list, not with an error',
      basis: 'Entra ID, Okta',
      weight: 'must',
      async run(lab) {
        const answer = await lab.find('/Users', `userName eq "${lab.freshName()}"`)
        return verdictOf(hasStatus(answer, 200), has(answer, ['totalResults'], 0))
      },
    },
    {
      id: 'filter-value-case',
      title: 'A userName is found in any letter case',
      basis: 'RFC 7643 §4.1.1, Entra ID, Okta',
      weight: 'must',
      run: (lab) => findsMade(lab, (userName) => `userName eq "${userName.toUpperCase()}"`),
    },
    {
      id: 'filter-name-case',
      title: 'Names of attributes and operators may be written in any letter case',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'must',
      run: (lab) => findsMade(lab, (userName) => `USERNAME Eq "${userName}"`),
    },
    {
      id: 'filter-plus',
      title: 'A blank may come as a plus sign',
      basis: 'Entra ID',
      weight: 'must',
      async run(lab) {
        const { id, userName } = await lab.user()
        const query = new URLSearchParams({ filter: `userName eq "${userName}"` }).toString()
        return verdictOf(listsExactly(await lab.get(`/Users?${query}`), id))
      },
    },
    {
      id: 'filter-special',
      title: 'A plus sign and an apostrophe in a userName are found',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'must',
      async run(lab) {
        const userName = `o'malley+${lab.freshName()}`
        const made = await lab.user({ userName })
        return verdictOf(listsExactly(await lab.find('/Users', `userName eq "${userName}"`), made.id))
      },
    },
    {
      id: 'filter-external-id',
      title: 'externalId eq finds exactly one user',
      basis: 'RFC 7644 §3.4.2.2, Entra ID',
      weight: 'should',
      async run(lab) {
        const externalId = lab.freshName()
        const { id } = await lab.user({ externalId })
        return verdictOf(listsExactly(await lab.find('/Users', `externalId eq "${externalId}"`), id))
      },
    },
    {
      id: 'filter-and',
      title: 'Two conditions joined by and',
      basis: 'RFC 7644 §3.4.2.2, Entra ID',
      weight: 'should',
      run: (lab) => findsMade(lab, (userName, id) => `id eq "${id}" and userName eq "${userName}"`),
    },
    {
      id: 'filter-work-email',
      title: 'A work e-mail address is found by a value filter',
      basis: 'RFC 7644 §3.4.2.2, Entra ID',
      weight: 'should',
      run: (lab) => findsMade(lab, (userName) => `emails[type eq "work"].value eq "${userName}"`),
    },
    {
      id: 'filter-value-path',
      title: 'Conditions on one entry of a list stand in brackets',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'should',
      run: (lab) => findsMade(lab, (userName) => `emails[type eq "work" and value eq "${userName}"]`),
    },
    {
      id: 'filter-starts-with',
      title: 'sw finds what begins so',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'should',
      run: (lab) => findsMade(lab, (userName) => `userName sw "${userName.slice(0, -4)}"`),
    },
    {
      id: 'filter-contains',
      title: 'co finds what stands within',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'should',
      run: (lab) => findsMade(lab, (userName) => `userName co "${userName.slice(1, -4)}"`),
    },
    {
      id: 'filter-present',
      title: 'pr tells whether an attribute has a value',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'should',
      run: (lab) => tellsApart(lab, (mark) => `displayName eq "${mark}" and title pr`),
    },
    {
      id: 'filter-not',
      title: 'not and or, with brackets',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'should',
      run: (lab) =>
        tellsApart(
          lab,
          (mark, userName) =>
            `displayName eq "${mark}" and (title eq "Meant" or userName eq "${userName}") and not (active eq false)`,
        ),
    },
    {
      id: 'filter-broken',
      title: 'A filter that cannot be read is not answered with everybody',
      basis: 'RFC 7644 §3.4.2.2',
      weight: 'must',
      async run(lab) {
        const answer = await lab.find('/Users', 'userName eq')
        return verdictOf(
          holds(
            answer.status !== 200 || idsOf(answer).length === 0,
            'an error, or nobody',
            `200 with ${idsOf(answer).length} users`,
          ),
        )
      },
    },
    {
      id: 'filter-broken-type',
      title: 'A filter that cannot be read is answered with 400 and invalidFilter',
      basis: 'RFC 7644 §3.12',
      weight: 'should',
      async run(lab) {
        const answer = await lab.find('/Users', 'userName eq')
        return verdictOf(hasStatus(answer, 400), has(answer, ['scimType'], 'invalidFilter'))
      },
    },
  ],
}
