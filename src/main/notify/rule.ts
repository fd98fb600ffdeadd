/** What is told to somebody. The order is that of a list for a person. */
export const ruleIds = [
  'cycle-failures',
  'bad-token',
  'silence',
  'quarantine',
  'token-due',
  'endpoint-down',
  'certificate-due',
  'backup-failed',
  'job-finished',
  'welcome',
  'test',
] as const

export type RuleId = (typeof ruleIds)[number]

export interface Rule {
  readonly id: RuleId
  readonly description: string
  /** Sent at once, also in quiet hours, and never in a digest. */
  readonly isUrgent: boolean
  readonly isEnabled: boolean
  readonly byMail: boolean
  readonly byDesktop: boolean
}

/** Rules that are told to the admin, each with its default. Welcome mails and tests are no matter of rules. */
export const defaultRules: readonly Rule[] = [
  {
    id: 'cycle-failures',
    description: 'people failed in a cycle; one message a cycle',
    isUrgent: false,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'bad-token',
    description: 'requests are refused because of their token',
    isUrgent: true,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'silence',
    description: 'no cycle for 90 minutes after regular ones',
    isUrgent: false,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'quarantine',
    description: 'the identity provider seems to have put the integration in quarantine',
    isUrgent: true,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'token-due',
    description:
      'a token expires or is due for rotation (after 90 days, or as “rollcall settings set rotation-days” says): 30 days, 7 days and 1 day before',
    isUrgent: false,
    isEnabled: true,
    byMail: true,
    byDesktop: false,
  },
  {
    id: 'endpoint-down',
    description: 'the public URL no longer leads to the endpoint',
    isUrgent: true,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'certificate-due',
    description: 'the certificate runs out: 14 days, 7 days and 1 day before',
    isUrgent: false,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'backup-failed',
    description: 'a backup failed',
    isUrgent: false,
    isEnabled: true,
    byMail: true,
    byDesktop: true,
  },
  {
    id: 'job-finished',
    description: 'a long job has come to its end',
    isUrgent: false,
    isEnabled: true,
    byMail: false,
    byDesktop: true,
  },
]
