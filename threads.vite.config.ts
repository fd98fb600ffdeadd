import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const at = (path: string) => resolve(import.meta.dirname, path)

/**
 * The threads, each a file that a worker is started from. They are built apart from the programs that start them: with what both use in common
 * files, a command would load it in a hundred small pieces, and a thread would load what only a program needs.
 */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  // A package of the app holds no other packages than the two with native modules.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: at('out/threads'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        'writer-thread': at('src/main/writer/writer-thread.ts'),
        'checkpoint-thread': at('src/main/writer/checkpoint-thread.ts'),
        'costly-read-thread': at('src/main/endpoint/reads/costly-read-thread.ts'),
        'journal-thread': at('src/main/journal/thread/journal-thread.ts'),
        'plan-thread': at('src/main/conversion/plan/plan-thread.ts'),
        'console-read-thread': at('src/main/api/reads/console-read-thread.ts'),
        'backup-thread': at('src/main/backup/backup-thread.ts'),
        'restore-thread': at('src/main/backup/restore-thread.ts'),
      },
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
      external: ['better-sqlite3', 'keytar'],
    },
  },
})
