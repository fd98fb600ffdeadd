import { verdictOf, type CheckGroup, type Verdict } from '../check.ts'
import { hasStatus, holds, idsOf } from '../expectations.ts'
import type { Lab } from '../lab.ts'

async function sorts(lab: Lab, sortOrder: 'ascending' | 'descending'): Promise<Verdict> {
  const displayName = lab.freshName()
  const made = [
    await lab.user({ displayName, title: 'b' }),
    await lab.user({ displayName, title: 'c' }),
    await lab.user({ displayName, title: 'a' }),
  ]
  const [b, c, a] = made.map((each) => each.id)
  const answer = await lab.find('/Users', `displayName eq "${displayName}"`, { sortBy: 'title', sortOrder })
  const wanted = sortOrder === 'ascending' ? [a, b, c] : [c, b, a]
  const places = idsOf(answer).map((id) => wanted.indexOf(id) + 1)
  return verdictOf(
    hasStatus(answer, 200),
    holds(places.join(' ') === '1 2 3', 'the three users in the order 1 2 3', places.join(' ') || 'none'),
  )
}

export const sorting: CheckGroup = {
  subject: 'Sorting',
  // Without a filter, only everybody could be sorted.
  needs: ['sort', 'filter'],
  checks: [
    {
      id: 'sort',
      title: 'sortBy sorts',
      basis: 'RFC 7644 §3.4.2.3',
      weight: 'must',
      run: (lab) => sorts(lab, 'ascending'),
    },
    {
      id: 'sort-descending',
      title: 'sortOrder=descending turns the order round',
      basis: 'RFC 7644 §3.4.2.3',
      weight: 'must',
      run: (lab) => sorts(lab, 'descending'),
    },
  ],
}
