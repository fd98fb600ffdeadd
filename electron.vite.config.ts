import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { bundledLicences } from './tools/licences.mjs'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Screens have URLs of their own, at any depth, in the browser as under app://. electron-vite itself sets a relative base. */
const absoluteBase: Plugin = { name: 'absolute-base', enforce: 'post', config: () => ({ base: '/' }) }

/** `virtual:licences`: what the About screen shows, taken from the installed packages when the page is built. */
const licences: Plugin = {
  name: 'licences',
  resolveId: (id) => (id === 'virtual:licences' ? `\0${id}` : undefined),
  load: (id) =>
    id === '\0virtual:licences'
      ? `export const licences = ${JSON.stringify(bundledLicences(import.meta.dirname))}`
      : undefined,
}

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          headless: at('src/headless/index.ts'),
        },
      },
      sourcemap: true,
    },
  },
  preload: {
    build: {
      // A sandboxed preload script can load nothing but Electron, and has to be CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react(), absoluteBase, licences],
    build: {
      target: 'es2023',
      // Browsers of the last two years: light-dark() has to come through as it is.
      cssTarget: ['chrome125', 'firefox128', 'safari18'],
      rolldownOptions: {
        input: at('src/renderer/index.html'),
        // What screens share of the packages is one file: as a file for each component, the first screen would ask for twice as many.
        // Our own modules are left out: with them their styles would come before those of the packages, and of two that say different
        // things the later one wins.
        output: {
          codeSplitting: { groups: [{ name: 'packages', test: /node_modules(?!.*\.css$)/, minShareCount: 2 }] },
        },
      },
      // A font inside a data: URL would need a hole in the Content-Security-Policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: true,
      sourcemap: false,
    },
  },
})
