import type { Exchange } from './exchange.ts'

let counter = 0

/** A creation by Okta, as the endpoint records it; each has a request and a user of its own. */
export function exchange(changed: Partial<Exchange> = {}): Exchange {
  counter += 1
  return {
    requestId: `request-${counter}`,
    at: Date.now(),
    durationMicros: 1500,
    integrationId: 1,
    integrationSlug: 'okta',
    remoteAddress: '203.0.113.7',
    method: 'POST',
    target: '/scim/okta/v2/Users',
    endpoint: 'Users',
    resourceId: `user-${counter}`,
    status: 201,
    requestHeaders: 'host: scim.example.com\nuser-agent: Okta SCIM Client 1.0.0\ncontent-type: application/scim+json',
    requestBody: `{"userName":"alice${counter}@example.com"}`,
    responseHeaders: 'content-type: application/scim+json',
    responseBody: `{"id":"user-${counter}"}`,
    matched: undefined,
    trace: '[{"step":"change","code":"created"}]',
    ...changed,
  }
}
