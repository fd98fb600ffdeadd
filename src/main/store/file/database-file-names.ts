/** In a data directory: who is in it, and how it is set up. */
export const databaseFileName = 'rollcall.db'
/** Beside it: the requests. */
export const journalFileName = 'journal.db'
