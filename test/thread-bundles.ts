import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const entries = {
  'writer-thread': 'src/main/writer/writer-thread.ts',
  'checkpoint-thread': 'src/main/writer/checkpoint-thread.ts',
  'costly-read-thread': 'src/main/endpoint/costly-read-thread.ts',
  'journal-thread': 'src/main/journal/journal-thread.ts',
  'plan-thread': 'src/main/conversion/plan-thread.ts',
  'console-read-thread': 'src/main/api/reads/console-read-thread.ts',
  'backup-thread': 'src/main/backup/backup-thread.ts',
} as const

const folder = new URL('../node_modules/.cache/rollcall-test-threads/', import.meta.url)

/** Where the entry of a thread stands, bundled for the tests. */
export function threadBundle(name: keyof typeof entries): URL {
  return new URL(`${name}.js`, folder)
}

/**
 * Bundles the entries of the threads once before the tests. Started from their sources, each thread would strip the types of every file
 * anew by WebAssembly, which is slow, and which crashes Node 24 now and then when threads come and go (nodejs/node#64500).
 */
export default async function bundleThreads(): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir: fileURLToPath(folder),
      emptyOutDir: true,
      sourcemap: 'inline',
      rolldownOptions: { input: { ...entries }, external: ['better-sqlite3', 'keytar'] },
    },
  })
}
