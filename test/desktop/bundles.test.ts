import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const out = fileURLToPath(new URL('../../out', import.meta.url))

const atOnce = /^import\b[^"\n]*"(\.[^"]+)";$/gm
/** Types in comments are "imported" after a brace. */
const atOnceOrLater = /(?:(?<!\{ ?)\bimport\(|^import\b[^"\n]*)"(\.[^"]+\.js)"(?:\)|;$)/gm

/** The text of a bundle and of everything that it loads, statically or later. */
function loadedBy(entry: string, how = atOnceOrLater, seen = new Map<string, string>()): ReadonlyMap<string, string> {
  if (seen.has(entry)) return seen
  const text = readFileSync(entry, 'utf8')
  seen.set(entry, text)
  for (const [, loaded = ''] of text.matchAll(how)) loadedBy(join(dirname(entry), loaded), how, seen)
  return seen
}

function modulesOf(bundles: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = [...bundles.values()].flatMap((text) => [
    ...text.matchAll(/^(?:import|export)\b[^"\n]*from "([^".][^"]*)"|\brequire\("([^".][^"]*)"\)/gm),
  ])
  return new Set(names.map(([, imported, required]) => imported ?? required ?? ''))
}

const threads = ['writer', 'checkpoint', 'costly-read', 'journal', 'plan', 'console-read', 'backup'].map(
  (name) => `threads/${name}-thread`,
)

/** The packages that a bundle needs to be installed. */
function packagesOf(name: string): ReadonlySet<string> {
  const modules = [...modulesOf(loadedBy(join(out, `${name}.js`)))]
  expect(modules.some((module) => module.startsWith('node:'))).toBe(true)
  return new Set(modules.filter((module) => !module.startsWith('node:') && !isBuiltIn(module)))
}

test('the program of the command line has nothing of Electron, whose package would fetch its program', () => {
  const packages = packagesOf('main/headless')
  expect(packages).toContain('better-sqlite3')
  expect(packages).not.toContain('electron')
})

test.each(threads)('the bundle %s needs no package besides SQLite: the app holds no others', (name) => {
  expect([...packagesOf(name)].filter((each) => each !== 'better-sqlite3')).toEqual([])
})

test('a command begins without HTTP and mail, which take half of the time of a short one', () => {
  const bundles = loadedBy(join(out, 'main/headless.js'), atOnce)
  expect(bundles.size).toBeGreaterThan(3)
  const modules = modulesOf(bundles)
  expect(modules).toContain('node:fs')
  for (const module of ['node:http', 'node:https', 'node:http2', 'undici']) expect(modules).not.toContain(module)
  expect([...bundles.values()].join('')).not.toContain('Auto-Submitted')
})

test('the desktop app loads Electron, SQLite, and nothing else besides Node', () => {
  expect(packagesOf('main/index')).toEqual(new Set(['electron', 'better-sqlite3']))
})

function isBuiltIn(module: string): boolean {
  return process.getBuiltinModule(module) !== undefined
}

test('the preload script is CommonJS and loads nothing but Electron', () => {
  const bundles = loadedBy(join(out, 'preload/index.cjs'))
  expect([...bundles.keys()]).toHaveLength(1)
  expect([...modulesOf(bundles)]).toEqual(['electron'])
})
