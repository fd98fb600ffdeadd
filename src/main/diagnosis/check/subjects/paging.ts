import { member } from '../../../../idp/simulated/answer-content.ts'
import { verdictOf, type CheckGroup } from '../check.ts'
import { has, hasStatus, holds, idsOf, isKind, shown } from '../expectations.ts'
import type { Lab } from '../lab.ts'

/** A few users, so that there is something to page through. */
async function twoUsers(lab: Lab): Promise<void> {
  await lab.user()
  await lab.user()
}

export const paging: CheckGroup = {
  subject: 'Paging',
  checks: [
    {
      id: 'list',
      title: 'A list gives totalResults, startIndex and itemsPerPage as numbers',
      basis: 'RFC 7644 §3.4.2, Okta',
      weight: 'must',
      async run(lab) {
        await lab.user()
        const answer = await lab.get('/Users?startIndex=1&count=1')
        return verdictOf(
          hasStatus(answer, 200),
          ...['totalResults', 'startIndex', 'itemsPerPage'].map((each) => isKind(answer, [each], 'number')),
          holds(idsOf(answer).length > 0, 'at least one user in Resources', 'none'),
        )
      },
    },
    {
      id: 'count',
      title: 'A page holds no more than count',
      basis: 'RFC 7644 §3.4.2.4',
      weight: 'must',
      async run(lab) {
        await twoUsers(lab)
        const answer = await lab.get('/Users?startIndex=1&count=1')
        return verdictOf(
          hasStatus(answer, 200),
          holds(idsOf(answer).length <= 1, '1 user', `${idsOf(answer).length}`),
          holds(
            Number(member(answer.body, 'totalResults')) >= 2,
            'totalResults counts all of them',
            shown(member(answer.body, 'totalResults')),
          ),
        )
      },
    },
    {
      id: 'second-page',
      title: 'The second page begins where the first one ended',
      basis: 'RFC 7644 §3.4.2.4, Entra ID, Okta',
      weight: 'must',
      async run(lab) {
        await twoUsers(lab)
        const first = await lab.get('/Users?startIndex=1&count=1')
        const second = await lab.get('/Users?startIndex=2&count=1')
        const again = idsOf(second).filter((each) => idsOf(first).includes(each))
        return verdictOf(
          has(second, ['startIndex'], 2),
          holds(idsOf(second).length === 1, '1 user', `${idsOf(second).length}`),
          holds(again.length === 0, 'another user than on the first page', 'the same one'),
        )
      },
    },
    {
      id: 'beyond-the-end',
      title: 'A page beyond the end is an empty list',
      basis: 'RFC 7644 §3.4.2.4',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/Users?startIndex=10000001&count=5')
        return verdictOf(
          hasStatus(answer, 200),
          isKind(answer, ['totalResults'], 'number'),
          holds(idsOf(answer).length === 0, 'no users', `${idsOf(answer).length}`),
        )
      },
    },
    {
      id: 'count-zero',
      title: 'count=0 gives the number of users alone',
      basis: 'RFC 7644 §3.4.2.4',
      weight: 'should',
      async run(lab) {
        await lab.user()
        const answer = await lab.get('/Users?count=0')
        return verdictOf(
          hasStatus(answer, 200),
          holds(idsOf(answer).length === 0, 'no users', `${idsOf(answer).length}`),
          holds(
            Number(member(answer.body, 'totalResults')) >= 1,
            'totalResults of 1 or more',
            shown(member(answer.body, 'totalResults')),
          ),
        )
      },
    },
    {
      id: 'start-below-one',
      title: 'A startIndex below 1 means 1',
      basis: 'RFC 7644 §3.4.2.4',
      weight: 'should',
      async run(lab) {
        await lab.user()
        const answer = await lab.get('/Users?startIndex=0&count=1')
        return verdictOf(hasStatus(answer, 200), holds(idsOf(answer).length === 1, '1 user', `${idsOf(answer).length}`))
      },
    },
    {
      id: 'cursor',
      title: 'A cursor leads to the next page',
      basis: 'RFC 9865 §2',
      weight: 'must',
      needs: ['cursors'],
      async run(lab) {
        await twoUsers(lab)
        const first = await lab.get('/Users?cursor&count=1')
        const next = member(first.body, 'nextCursor')
        if (typeof next !== 'string')
          return verdictOf(hasStatus(first, 200), holds(false, 'a nextCursor, for there are more', 'none'))
        const second = await lab.get(`/Users?cursor=${encodeURIComponent(next)}&count=1`)
        const again = idsOf(second).filter((each) => idsOf(first).includes(each))
        return verdictOf(
          hasStatus(second, 200),
          holds(idsOf(second).length === 1, '1 user', `${idsOf(second).length}`),
          holds(again.length === 0, 'another user than on the first page', 'the same one'),
        )
      },
    },
  ],
}
