/** What to do about a vault file that is gone or cannot be read: no backup holds it, and without it no token opens anything. */
export const withoutVault =
  'put it back from a copy, or take the data elsewhere, where tokens are issued anew: rollcall backup FILE, then rollcall restore FILE --data-dir NEW'
