/** A line that is not imported, and why. */
export interface RefusedLine {
  readonly line: number
  readonly userName: string
  readonly problem: string
}

/** The lines of a file that are refused before anything is written: they may be nearly all of it, so each is looked at once. */
export interface RefusedLines {
  /** One that comes behind all before. */
  add(refused: RefusedLine): void
  /** One that turns out to be refused after all. */
  insert(refused: RefusedLine): void
  /** Their numbers, in the order of the file. */
  numbers(): readonly number[]
  /** Gives them once more, in the order of the file: each call those up to a line that have not been given yet. */
  giver(): (upTo: number) => readonly RefusedLine[]
}

export function createRefusedLines(): RefusedLines {
  const all: RefusedLine[] = []
  return {
    add: (refused) => void all.push(refused),
    insert(refused) {
      const at = all.findIndex((each) => each.line > refused.line)
      all.splice(at < 0 ? all.length : at, 0, refused)
    },
    numbers: () => all.map((each) => each.line),
    giver() {
      let given = 0
      return (upTo) => {
        const from = given
        for (let next = all[given]; next && next.line <= upTo; next = all[given]) given += 1
        return all.slice(from, given)
      }
    },
  }
}
