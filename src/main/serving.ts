/** What only a server needs, and a command does not load: HTTP and notifications are most of the program. */
export { testReach } from './reach/test-reach.ts'
export { serveEndpoint } from './serve-endpoint.ts'
export { startNotifications } from './start-notifications.ts'
