import { tooMany } from '../../../scim/error.ts'
import type { StatementCache } from '../filter/statement-cache.ts'
import type { ResourceRow } from '../resources/resource-row.ts'
import type { ListPage, PreparedList } from './list-query.ts'

/** Documents of more characters are not put into one page: a body may have 4 MiB, and a page a thousand resources. */
const mostCharacters = 64 * 1024 * 1024
/** Pages of no more resources are read at once, which is faster. */
const few = 16

class Overlong extends Error {
  override readonly name = 'Overlong'
}

function overlong() {
  return tooMany(
    'The resources of the page are too large to be sent together. Ask for fewer with "count", or follow "nextCursor" in smaller pages.',
  )
}

/** Reads the rows of pages, and gives up on one whose documents do not fit into memory together. */
export function createPageReader(statement: StatementCache) {
  /** How many characters the documents of the page may have that is being read. */
  let room = mostCharacters

  function within(characters: number, read: () => ListPage): ListPage | undefined {
    room = characters
    try {
      return read()
    } catch (error) {
      if (error instanceof Overlong) return undefined
      throw error
    }
  }

  /** Throws `Overlong` as soon as there is no more room. */
  function rowsOf(sql: string, params: readonly (string | number)[], count: number): readonly ResourceRow[] {
    // The columns are fixed by `resourceColumns` and typed by STRICT tables.
    if (count <= few) return statement(sql).all(...params) as ResourceRow[]
    const rows: ResourceRow[] = []
    let left = room
    for (const row of statement(sql).iterate(...params) as IterableIterator<ResourceRow>) {
      left -= row.doc.length
      if (left < 0) throw new Overlong()
      rows.push(row)
    }
    return rows
  }

  function pages(read: () => ListPage): Pick<PreparedList, 'page' | 'pageWithin'> {
    return {
      page() {
        const page = within(mostCharacters, read)
        if (!page) throw overlong()
        return page
      },
      pageWithin: (characters) => within(characters, read),
    }
  }

  return { rowsOf, pages }
}

export type PageReader = ReturnType<typeof createPageReader>
