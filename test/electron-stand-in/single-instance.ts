import { readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const call = z.object({ argv: z.array(z.string()), cwd: z.string() })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Whether this process is the first one of a folder. A later one leaves a note for the first, which is then told its arguments. Between
 * real processes, as Electron's, and synchronous as that.
 */
export function takeSingleInstance(folder: string, onSecond: (argv: readonly string[], cwd: string) => void): boolean {
  const lock = join(folder, 'first')
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch {
    const pid = Number(readFileSync(lock, 'utf8'))
    if (isAlive(pid)) {
      writeFileSync(join(folder, `${process.pid}.call`), JSON.stringify({ argv: process.argv, cwd: process.cwd() }))
      return false
    }
    writeFileSync(lock, String(process.pid))
  }
  const heard = new Set<string>()
  const listen = watch(folder, () => {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.call') && !heard.has(each))) {
      // Seen before it was written to its end, it is seen again.
      const read = call.safeParse(parse(readFileSync(join(folder, name), 'utf8')))
      if (!read.success) continue
      heard.add(name)
      onSecond(read.data.argv, read.data.cwd)
    }
  })
  listen.unref()
  process.once('exit', () => rmSync(lock, { force: true }))
  return true
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
