import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { endProcess } from '../end-process.ts'
import { createFileVault } from './file-vault.ts'
import { createKeychainVault } from './keychain-vault.ts'
import { VaultError } from './vault.ts'

// A process of its own for tests: `node vault-process.fixture.ts <command> [args…]`.
const [command = '', first = '', second = '', third = 'smtp'] = process.argv.slice(2)

async function fill(file: string, prefix: string): Promise<void> {
  const vault = createFileVault({ file })
  for (let count = 0; count < 25; count += 1) {
    await vault.set(`${prefix}-${count}`, `value of ${prefix}-${count}`)
    process.stdout.write(`${prefix}-${count}\n`)
  }
}

/** Ends the process, as a power cut would, where the new file is complete and not yet in place. */
async function crash(file: string): Promise<void> {
  fs.promises.rename = () => Promise.resolve(void process.kill(process.pid, 'SIGKILL'))
  syncBuiltinESMExports()
  await createFileVault({ file }).set('late', 'never acknowledged')
}

/** Suspends the process once, as a laptop does, while it holds the lock: before it makes the new file, or before it renames it. */
async function sleep(file: string, moment: string, name: string): Promise<void> {
  const { open, rename, writeFile } = fs.promises
  let hasSlept = false
  const fallAsleep = (): void => {
    if (hasSlept) return
    hasSlept = true
    fs.writeSync(1, 'asleep\n')
    process.kill(process.pid, 'SIGSTOP')
  }
  fs.promises.open = (path, ...rest) => {
    if (moment === 'open' && typeof path === 'string' && path.endsWith('.new')) fallAsleep()
    return open(path, ...rest)
  }
  fs.promises.rename = (from, to) => {
    if (moment === 'rename') fallAsleep()
    return rename(from, to)
  }
  fs.promises.writeFile = (path, ...rest) => {
    if (hasSlept && typeof path === 'string' && path.endsWith('.lock')) fs.writeSync(1, 'begins again\n')
    return writeFile(path, ...rest)
  }
  syncBuiltinESMExports()
  await createFileVault({ file }).set(name, 'of the sleeper')
}

async function keychain(action: string, keyring: string): Promise<void> {
  const vault = createKeychainVault({ vaultId: 'process', timeoutMs: 1000 })
  if (action === 'prepare') return vault.prepare()
  if (action === 'check') return vault.check()
  if (action === 'get') return void (await vault.get('token'))
  if (action === 'set') return vault.set('token', 'value')
  if (action === 'delete') return vault.delete('token')
  await vault.prepare()
  await vault.set('token', 'value')
  process.kill(Number(keyring), action === 'stop' ? 'SIGSTOP' : 'SIGKILL')
  await vault.get('token')
}

async function run(): Promise<void> {
  if (command === 'fill') return fill(first, second)
  if (command === 'crash') return crash(first)
  if (command === 'sleep') return sleep(first, second, third)
  if (command === 'keychain') return keychain(first, second)
  throw new Error(`Unknown command ${command}`)
}

try {
  await run()
  endProcess(0)
} catch (error) {
  if (!(error instanceof VaultError)) throw error
  process.stderr.write(`${error.message}\n`)
  endProcess(1)
}
