import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { program, runCommand, runJsonCommand } from '../command-line.ts'
import { createRandom } from '../seeded-random.ts'

const Status = z.object({ kind: z.enum(['file', 'keychain']), secrets: z.number() })
const Findings = z.object({ ok: z.boolean(), findings: z.array(z.object({ check: z.string(), status: z.string() })) })
const integrations = ['One', 'Two', 'Three', 'Four']

/** Set by tools/with-keyring.sh. */
const hasKeyring = process.env['ROLLCALL_KEYRING'] === 'unlocked'

describe.skipIf(!hasKeyring)('moving the vault (needs a keyring)', () => {
  test('killed again and again, it keeps every secret, and ends in the vault that it was told', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-vault-move-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    for (const name of integrations)
      await runJsonCommand(dataDir, ['integrations', 'create', '--name', name, '--idp', 'entra', '--vault', 'file'])
    const random = createRandom()
    const seen = new Set<string>()
    for (let round = 0; round < 12; round += 1) {
      const { kind } = Status.parse(await runJsonCommand(dataDir, ['vault', 'status']))
      const to = kind === 'file' ? 'keychain' : 'file'
      const child = spawn(process.execPath, [program, 'vault', 'move', to, '--yes', '--data-dir', dataDir], {
        stdio: 'ignore',
      })
      const exited = once(child, 'exit')
      while (child.exitCode === null && !existsSync(join(dataDir, 'vault-move.lock'))) await pause(1)
      await Promise.race([exited, pause(random.below(60))])
      child.kill('SIGKILL')
      await exited
      const after = Status.parse(await runJsonCommand(dataDir, ['vault', 'status']))
      seen.add(after.kind === to ? 'moved' : 'stayed')
      expect(after.secrets).toBe(integrations.length)
      const { findings } = Findings.parse(JSON.parse((await runCommand(dataDir, ['doctor', '--json'])).stdout))
      expect(findings.filter(({ status }) => status === 'problem')).toEqual([])
    }
    expect(seen.size).toBeGreaterThan(0)
    const { kind } = Status.parse(await runJsonCommand(dataDir, ['vault', 'status']))
    if (kind === 'keychain') await runJsonCommand(dataDir, ['vault', 'move', 'file', '--yes'])
    await runJsonCommand(dataDir, ['vault', 'move', 'keychain', '--yes'])
    expect(existsSync(join(dataDir, 'vault', 'vault.json'))).toBe(false)
    expect(await runJsonCommand(dataDir, ['vault', 'test'])).toMatchObject({ kind: 'keychain' })
  })
})
