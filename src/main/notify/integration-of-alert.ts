import type { AlertRow } from '../store/notify/alerts.ts'

/** The slug of the integration that an alert is about; undefined for one about the machine. The conditions make the subjects. */
export function integrationOfAlert({ rule, subject }: Pick<AlertRow, 'rule' | 'subject'>): string | undefined {
  switch (rule) {
    case 'cycle-failures':
    case 'bad-token':
    case 'silence':
    case 'quarantine':
      return subject
    case 'token-due':
      // With the prefix of the token behind it.
      return subject.slice(0, subject.indexOf(':'))
    default:
      return undefined
  }
}
