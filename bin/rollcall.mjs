#!/usr/bin/env node
// Starts the built command line under the project's own Node, building it first when a checkout has not been built yet, or not to the end.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode } from './own-node.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const entry = join(root, 'out/main/headless.js')

if (Number(process.versions.node.split('.')[0]) < 24) {
  const newer = ownNode(root)
  if (newer === undefined) {
    console.error(`Rollcall needs Node 24; this is ${process.version}. Install Node 24, or run "npm ci" first.`)
    process.exit(1)
  }
  const child = spawn(newer, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // Whoever waits for this process is told the same of its end as the child told: a script's loop stops at Ctrl+C by that.
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
} else {
  // A server's garbage is short-lived, and much of it comes at once (pages of users): a small young generation and few arenas of malloc keep
  // down the memory of one under load. So small a young generation is collected sooner by one thread than by several that have to be woken.
  // On Linux its code and what malloc gives stand on large pages of memory (docs/decisions/0016); where there are none, all goes on as before.
  // That can be chosen at the start only, so the process is replaced by itself; it keeps its number, and signals reach it.
  const lean = ['--max-semi-space-size=4', '--no-parallel-scavenge']
  const isLinux = process.platform === 'linux'
  if (isLinux) lean.push('--use-largepages=silent')
  if (
    process.argv[2] === 'serve' &&
    process.execve &&
    process.platform !== 'win32' &&
    !process.execArgv.includes(lean[0])
  )
    process.execve(process.execPath, [process.execPath, ...lean, ...process.execArgv, ...process.argv.slice(1)], {
      MALLOC_ARENA_MAX: '2',
      MALLOC_TRIM_THRESHOLD_: '262144',
      ...(isLinux && { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }),
      ...process.env,
    })
  // On large pages, Node's own end at a signal is a segmentation fault. Whoever stops a server that is still being loaded gets a good end; once it
  // listens to signals itself, that is its matter.
  if (process.execArgv.includes('--use-largepages=silent'))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        if (process.listenerCount(signal) === 1) process.exit(0)
      })
  // A build that was ended half-way has some of them.
  const parts = [entry, join(root, 'out/threads/writer-thread.js'), join(root, 'out/renderer/index.html')]
  if (!parts.every(existsSync)) {
    const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] })
    if (built.status !== 0) process.exit(1)
  }
  await import(entry)
}
