import { skipped, verdictOf, type CheckGroup } from '../check.ts'
import { hasStatus, holds, isScimError } from '../expectations.ts'

const throttled = 'the endpoint slows down whoever guesses tokens: check again in some minutes'

export const authentication: CheckGroup = {
  subject: 'Authentication',
  checks: [
    {
      id: 'no-token',
      title: 'A request without a token learns nothing',
      basis: 'RFC 7644 §2',
      weight: 'must',
      run: async (lab) => verdictOf(hasStatus(await lab.strange('none'), 401, 403)),
    },
    {
      id: 'wrong-token',
      title: 'A wrong token is answered with 401',
      basis: 'Okta',
      weight: 'must',
      async run(lab) {
        const answer = await lab.strange('wrong')
        return answer.status === 429 ? skipped(throttled) : verdictOf(hasStatus(answer, 401))
      },
    },
    {
      id: 'refusal-is-scim',
      title: 'The 401 is a SCIM error with a detail',
      basis: 'RFC 7644 §3.12, Okta',
      weight: 'should',
      async run(lab) {
        const answer = await lab.strange('wrong')
        return answer.status === 429 ? skipped(throttled) : verdictOf(isScimError(answer))
      },
    },
    {
      id: 'refusal-names-scheme',
      title: 'The 401 names the scheme in WWW-Authenticate',
      basis: 'RFC 9110 §11.6.1',
      weight: 'should',
      async run(lab) {
        const header = (await lab.strange('none')).headers['www-authenticate']
        return verdictOf(holds(header !== undefined, 'a WWW-Authenticate header', 'none'))
      },
    },
  ],
}
