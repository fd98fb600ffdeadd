import { verdictOf, type CheckGroup } from '../check.ts'
import { hasStatus, isScimError } from '../expectations.ts'

export const errors: CheckGroup = {
  subject: 'Errors and media types',
  checks: [
    {
      id: 'unknown-user',
      title: 'An unknown id is answered with 404',
      basis: 'RFC 7644 §3.12, Entra ID, Okta',
      weight: 'must',
      run: async (lab) => verdictOf(hasStatus(await lab.get('/Users/nobody-has-this-id'), 404)),
    },
    {
      id: 'error-body',
      title: 'The 404 is a SCIM error with a detail',
      basis: 'RFC 7644 §3.12, Okta',
      weight: 'must',
      run: async (lab) => verdictOf(isScimError(await lab.get('/Users/nobody-has-this-id'))),
    },
    {
      id: 'broken-json',
      title: 'A body that is not JSON is answered with 400',
      basis: 'RFC 7644 §3.12',
      weight: 'must',
      async run(lab) {
        const headers = { Accept: 'application/scim+json', 'Content-Type': 'application/scim+json' }
        const answer = await lab.send({ method: 'POST', path: '/Users', headers, body: '{"userName": ' })
        return verdictOf(hasStatus(answer, 400))
      },
    },
    {
      id: 'plain-json',
      title: 'A body may be declared as application/json',
      basis: 'RFC 7644 §3.8, Okta',
      weight: 'must',
      async run(lab) {
        const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
        const body = lab.userBody(lab.freshName())
        return verdictOf(hasStatus(await lab.send({ method: 'POST', path: '/Users', headers, body }), 201))
      },
    },
    {
      id: 'no-accept',
      title: 'A request without an Accept header is answered',
      basis: 'Entra ID',
      weight: 'must',
      run: async (lab) =>
        verdictOf(hasStatus(await lab.send({ method: 'GET', path: '/Users?startIndex=1&count=1' }), 200)),
    },
    {
      id: 'unknown-endpoint',
      title: 'An endpoint that does not exist is answered with 404',
      basis: 'RFC 7644 §3.12',
      weight: 'should',
      run: async (lab) => verdictOf(hasStatus(await lab.get('/NothingIsHere'), 404)),
    },
    {
      id: 'unknown-parameter',
      title: 'A query parameter that the endpoint does not know is ignored',
      basis: 'Entra ID (flags in the Tenant URL)',
      weight: 'should',
      run: async (lab) => verdictOf(hasStatus(await lab.get('/Users?startIndex=1&count=1&aadOptscim062020'), 200)),
    },
  ],
}
