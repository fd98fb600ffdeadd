/** Text of others for a terminal: what could move the cursor, change colours or hide text is shown as a replacement character. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
