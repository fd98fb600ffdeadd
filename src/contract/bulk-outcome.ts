export interface BulkOutcome {
  readonly operations: number
  readonly failed: number
}

const told = /^bulk \((\d+) operations?, (\d+) failed\)$/

/**
 * Of how many operations of a bulk request how many failed, as its classification says; undefined where none did. Its own status is 200 whatever
 * became of them (RFC 7644 §3.7.3).
 */
export function bulkOutcome(classification: string): BulkOutcome | undefined {
  const found = told.exec(classification)
  return found ? { operations: Number(found[1]), failed: Number(found[2]) } : undefined
}
