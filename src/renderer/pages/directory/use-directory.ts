import { useSearchParams } from 'wouter'

/** The directory that a data directory begins with. */
export const mainDirectory = 'main'

interface UseDirectory {
  readonly directory: string
  /** A path with the directory in it, where it is another than the first. */
  readonly to: (path: string, more?: Readonly<Record<string, string | undefined>>) => string
}

/** A path of the console with another directory in it; `search` is the query that it has otherwise. */
export function inDirectory(path: string, directory: string, search = ''): string {
  const query = new URLSearchParams(search)
  if (directory === mainDirectory) query.delete('directory')
  else query.set('directory', directory)
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** Which directory the screen shows: the URL says so. */
export function useDirectory(): UseDirectory {
  const [search] = useSearchParams()
  const directory = search.get('directory') ?? mainDirectory
  return {
    directory,
    to(path, more = {}) {
      const query = new URLSearchParams()
      if (directory !== mainDirectory) query.set('directory', directory)
      for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value)
      return query.size === 0 ? path : `${path}?${query.toString()}`
    },
  }
}
