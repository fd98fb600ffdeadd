/** One thing that was looked at. `warning` is worth knowing; `problem` keeps something from working. */
export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'problem'
  /** One line: what was found, and what to do about it unless all is well. */
  readonly message: string
}

function finding(status: Finding['status']) {
  return (check: string, message: string): Finding => ({ check, status, message })
}

export const fine = finding('ok')
export const warning = finding('warning')
export const problem = finding('problem')

/** The line of something that was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
