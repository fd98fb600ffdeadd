import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { knownReasons, reasonSentence } from './reasons.ts'

/** The codes that stand in the sources of this folder, of those in it and of the plan's store. */
function codesIn(folder: URL): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const forms = [
        /\breason: '([a-z-]+)'(?! in)/g,
        /\b(?:left|skipped|failed)\('([a-z-]+)'/g,
        /conflict: '([a-z-]+)'/g,
      ]
      return forms.flatMap((form) => [...text.matchAll(form)].map(([, code = '']) => code))
    })
}

it('has a sentence for every reason that a preview or a run gives', () => {
  const codes = [new URL('./', import.meta.url), new URL('../store/plan/', import.meta.url)].flatMap(codesIn)
  expect(codes.length).toBeGreaterThan(15)
  expect(codes.filter((code) => !knownReasons.includes(code))).toEqual([])
})

it('speaks in whole sentences', () => {
  for (const code of knownReasons) expect(reasonSentence(code)).toMatch(/^[A-Z].*\.$/)
})
