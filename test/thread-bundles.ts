import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const folder = new URL('../node_modules/.cache/rollcall-test-threads/', import.meta.url)

/** Where the entry of a thread stands, bundled for the tests. */
export function threadBundle(name: `${string}-thread`): URL {
  return new URL(`${name}.js`, folder)
}

/**
 * Bundles the entries of the threads once before the tests. Started from their sources, each thread would strip the types of every file
 * anew by WebAssembly, which is slow, and which crashes Node 24 now and then when threads come and go (nodejs/node#64500).
 */
export default async function bundleThreads(): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL('../threads.vite.config.ts', import.meta.url)),
    build: { outDir: fileURLToPath(folder), sourcemap: 'inline' },
  })
}
