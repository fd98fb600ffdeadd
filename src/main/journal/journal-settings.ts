/** What the admin can set; each has a default. */
export interface JournalSettings {
  readonly keepDays: number
  readonly maxBytes: number
  /** Attribute paths whose values are never stored, beside passwords: `emails.value`, `name.familyName`, `urn:…:User:ssn`. */
  readonly redact: readonly string[]
}

export const defaultJournalSettings: JournalSettings = { keepDays: 30, maxBytes: 2 * 1024 ** 3, redact: [] }
