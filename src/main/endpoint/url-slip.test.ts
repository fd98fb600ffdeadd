import { expect, test } from 'vitest'
import { urlSlip } from './url-slip.ts'

test.each([
  ['/', 'base'],
  ['/scim/okta/v2/', 'base'],
  ['/scim/okta/v2/Users/Users', 'endpoint-behind'],
  ['/scim/okta/v2/Users/Groups', 'endpoint-behind'],
  ['/scim/v2/Users/ServiceProviderConfig', 'endpoint-behind'],
  ['/scim/okta/v2/scim/v2/Users', 'twice'],
  ['/scim/okta/v2/v2/Users', 'twice'],
  ['/scim/okta/Users', 'no-version'],
  ['/Users', 'no-path'],
  ['/v2/Users', 'no-start'],
  ['/okta/v2/Groups/1', 'no-start'],
  ['/scim/okta/v2/User/1', 'singular'],
  ['/scim/okta/v2%20/Users', 'sign'],
  ['/scim/okta/v2%22/Users', 'sign'],
  ['/scim%2Fokta%2Fv2/Users', 'sign'],
  ['/scim/okta/v2/Entitlements', undefined],
  ['/favicon.ico', undefined],
])('%s', (path, slip) => {
  expect(urlSlip(path)).toBe(slip)
})
