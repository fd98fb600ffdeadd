import type { JournalRecord } from './journal-record.ts'

/** A read that was answered, as it is stored, with what matters to a test changed. */
export function journalRecord(changed: Partial<JournalRecord> = {}): JournalRecord {
  return {
    at: 0,
    durationMicros: 1000,
    status: 200,
    method: 'GET',
    target: '/',
    endpoint: 'Users',
    resourceId: undefined,
    integrationId: 1,
    integrationSlug: 'okta',
    classification: 'read user',
    matched: undefined,
    idp: undefined,
    certainty: undefined,
    requestId: '',
    remoteAddress: '',
    requestBytes: 0,
    responseBytes: 0,
    flags: 0,
    subject: undefined,
    lost: undefined,
    requestHeaders: '',
    requestBody: undefined,
    responseHeaders: '',
    responseBody: undefined,
    trace: '[]',
    idpBecause: undefined,
    ...changed,
  }
}
