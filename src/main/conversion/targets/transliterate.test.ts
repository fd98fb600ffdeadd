import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { transliterate } from './transliterate.ts'

it.each([
  ['Jürgen Größe', 'jurgen grosse', 'juergen groesse'],
  ['Øyvind Łukasz Þóra', 'oyvind lukasz thora', 'oyvind lukasz thora'],
  ['Nguyễn Dvořák Ñusta', 'nguyen dvorak nusta', 'nguyen dvorak nusta'],
  ['İYILMAZ ışık', 'iyilmaz isik', 'iyilmaz isik'],
  ['Юлия Щукина', 'yuliya shchukina', 'yuliya shchukina'],
  ['Ελένη Παπαδόπουλος', 'eleni papadopoulos', 'eleni papadopoulos'],
  ['\uff21\uff24\uff21 ﬁ', 'ada fi', 'ada fi'],
  ['e\u0301', 'e', 'e'],
])('%s is written in ASCII', (text, plain, german) => {
  expect(transliterate(text, 'plain')).toBe(plain)
  expect(transliterate(text, 'german')).toBe(german)
})

it.each(['太郎', 'שלום', '😀'])('%s cannot be written so', (text) => {
  expect(transliterate(text, 'plain')).toBeUndefined()
})

it('gives small ASCII letters or nothing, and what is written so stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const ascii = transliterate(text, 'plain')
      if (ascii === undefined) return
      expect(ascii).toMatch(/^\p{ASCII}*$/u)
      expect(ascii).toBe(ascii.toLowerCase())
      expect(transliterate(ascii, 'german')).toBe(ascii)
    }),
  )
})
