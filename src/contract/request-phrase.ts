/** "disable user ana@example.com": what a request was about, and about whom where that is known. */
export function requestPhrase(classification: string, subject: string | null | undefined): string {
  if (subject === null || subject === undefined) return classification
  if (classification.startsWith('refused:')) return `${classification} (${subject})`
  // "match lookup (no match)": the name belongs before the remark.
  const remark = classification.indexOf(' (')
  return remark < 0
    ? `${classification} ${subject}`
    : `${classification.slice(0, remark)} ${subject}${classification.slice(remark)}`
}
