/**
 * The stored document of a row of `users` or `groups`, to take values from. It is null where a disk has spoilt it: SQLite breaks off a whole
 * statement, whoever else it was about, at one text that is no JSON.
 */
export function readableDocument(column: string): string {
  return `case when json_valid(${column}) then ${column} end`
}
