import { verdictOf, type CheckGroup } from '../check.ts'
import { hasStatus, hasText, isKind, lacks, listsExactly } from '../expectations.ts'

export const projection: CheckGroup = {
  subject: 'Chosen attributes',
  checks: [
    {
      id: 'attributes',
      title: 'attributes=userName gives that and the id alone',
      basis: 'RFC 7644 §3.9',
      weight: 'should',
      async run(lab) {
        const { path, userName } = await lab.user()
        const answer = await lab.get(`${path}?attributes=userName`)
        return verdictOf(
          hasStatus(answer, 200),
          hasText(answer, ['userName'], userName),
          isKind(answer, ['id'], 'string'),
          lacks(answer, ['name']),
          lacks(answer, ['emails']),
        )
      },
    },
    {
      id: 'excluded-attributes',
      title: 'excludedAttributes=name leaves that out',
      basis: 'RFC 7644 §3.9',
      weight: 'should',
      async run(lab) {
        const { path, userName } = await lab.user()
        const answer = await lab.get(`${path}?excludedAttributes=name`)
        return verdictOf(hasStatus(answer, 200), hasText(answer, ['userName'], userName), lacks(answer, ['name']))
      },
    },
    {
      id: 'attributes-id',
      title: 'A list with attributes=id still counts and names everybody who is meant',
      basis: 'Entra ID',
      weight: 'must',
      needs: ['filter'],
      async run(lab) {
        const { id, userName } = await lab.user()
        const answer = await lab.find('/Users', `userName eq "${userName}"`, { attributes: 'id' })
        return verdictOf(listsExactly(answer, id))
      },
    },
  ],
}
