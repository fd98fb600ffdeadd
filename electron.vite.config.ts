import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        // The threads are entries of their own: a worker is started from a file, not from a chunk.
        input: {
          headless: at('src/headless/index.ts'),
          'writer-thread': at('src/main/writer/writer-thread.ts'),
          'checkpoint-thread': at('src/main/writer/checkpoint-thread.ts'),
          'costly-read-thread': at('src/main/endpoint/costly-read-thread.ts'),
          'journal-thread': at('src/main/journal/journal-thread.ts'),
          'plan-thread': at('src/main/conversion/plan-thread.ts'),
        },
      },
      sourcemap: true,
    },
  },
})
