import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { program } from '../../../test/command-line.ts'
import { commandLineWithIntegration } from '../command.fixture.ts'

/** The built server on a data directory with one integration. Both go when the test ends. */
export interface Serving {
  readonly child: ChildProcessWithoutNullStreams
  readonly dataDir: string
  readonly exited: Promise<unknown[]>
  readonly port: number
  readonly token: string
}

const Listening = z.object({ scim: z.url() })

/** Resolves once it listens. With `inShell` the child is a shell that waits for the server. */
export async function serve(
  env: Readonly<Record<string, string>> = {},
  { inShell = false }: { readonly inShell?: boolean } = {},
): Promise<Serving> {
  const { dataDir, created } = await commandLineWithIntegration()
  const args = ['serve', '--json', '--port', '0', '--console-port', '0', '--data-dir', dataDir]
  const command = inShell ? ['sh', '-c', '"$@"; exit', 'sh', process.execPath] : [process.execPath]
  const [file = '', ...before] = command
  const child = spawn(file, [...before, program, ...args], { env: { ...process.env, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const [first]: unknown[] = await once(createInterface(child.stdout), 'line')
  const { scim } = Listening.parse(JSON.parse(String(first)))
  return { child, dataDir, exited, port: Number(new URL(scim).port), token: created.token }
}
