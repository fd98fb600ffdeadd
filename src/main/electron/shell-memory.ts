import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { rememberedWindow } from './window-bounds.ts'

const memory = z.object({
  window: rememberedWindow.optional(),
  /** The person has been told that closing the window does not end the endpoint. */
  toldThatItStays: z.boolean().default(false),
})

/** What the desktop app remembers of itself, between two starts. */
export type ShellMemory = Readonly<z.infer<typeof memory>>

export interface ShellMemoryFile {
  read(): ShellMemory
  /** Keeps what else is there. */
  write(part: Partial<ShellMemory>): void
}

const nothing: ShellMemory = { toldThatItStays: false }

/** A small file. One that is missing or cannot be understood is as good as empty, and one that cannot be written is no reason to fail. */
export function createShellMemory(file: string, onTrouble: (message: string) => void): ShellMemoryFile {
  function read(): ShellMemory {
    try {
      return memory.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? nothing
    } catch {
      return nothing
    }
  }

  return {
    read,
    write(part) {
      try {
        writeFileSync(`${file}.new`, JSON.stringify({ ...read(), ...part }), { mode: 0o600 })
        renameSync(`${file}.new`, file)
      } catch (error) {
        onTrouble(`${file} cannot be written: ${String(error)}`)
      }
    },
  }
}
