import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareByCodePoint, comparisonKey, fold } from './fold.ts'

/** Texts that mix what folding is about: letters with long folds, marks that compose, compatibility forms. */
const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from('aAßẞςΣσſKÅıİIiﬁﬀŉǰΐᾳᾼ\u0345\u0301\u0307\u0323\u0328ªº①½ＡａǅÇÖoe\u1e9b가ㅏ\u1100\u1161'),
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('fold', () => {
  it.each([
    ['ALICE@Example.COM', 'alice@example.com'],
    ['STRASSE', 'straße'],
    ['STRAẞE', 'straße'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['Σ', 'ς'],
    ['\u212Aelvin', 'kelvin'],
    ['\u212Bngström', 'ÅNGSTRÖM'],
    ['ſ', 'S'],
    ['ﬁn', 'FIN'],
    ['Ａｌｉｃｅ', 'alice'],
    ['re\u0301sume\u0301', 'RÉSUMÉ'],
    ['İ', 'i\u0307'],
    ['ŉ', 'ʼN'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  it('keeps the dotless i apart from i, in whatever word it stands', () => {
    expect(fold('ı')).toBe('ı')
    expect(fold('IŞIK')).not.toBe(fold('ışık'))
    expect(fold('Kırmızı')).toBe('kırmızı')
  })

  it('does not take accents away', () => {
    expect(fold('Zoë')).not.toBe(fold('Zoe'))
  })

  it('is idempotent for every code point', () => {
    const unstable: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      const once = fold(String.fromCodePoint(code))
      if (fold(once) !== once) unstable.push(`U+${code.toString(16)}`)
    }
    expect(unstable).toEqual([])
  })

  it('is idempotent for texts', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })

  it('does not depend on the spelling in Unicode', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) expect(fold(text.normalize(form))).toBe(fold(text))
      }),
    )
  })

  it('does not depend on the letter case', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const composed = text.normalize('NFKC').replaceAll('ı', '')
        expect(fold(composed.toUpperCase())).toBe(fold(composed))
        expect(fold(composed.toLowerCase())).toBe(fold(composed))
      }),
    )
  })
})

describe('comparisonKey', () => {
  it('keeps the case of references, binary values and caseExact text', () => {
    expect(comparisonKey({ type: 'string', caseExact: true }, 'aB')).toBe('aB')
    expect(comparisonKey({ type: 'reference', caseExact: false }, 'aB')).toBe('aB')
    expect(comparisonKey({ type: 'binary', caseExact: false }, 'aB')).toBe('aB')
    expect(comparisonKey({ type: 'string', caseExact: false }, 'aB')).toBe('ab')
  })
})

describe('compareByCodePoint', () => {
  it('puts what lies beyond U+FFFF behind everything below', () => {
    expect(compareByCodePoint('\u{1F600}', '\uFF21')).toBeGreaterThan(0)
    expect(compareByCodePoint('a', 'ab')).toBeLessThan(0)
    expect(compareByCodePoint('same', 'same')).toBe(0)
  })

  it('orders as the UTF-8 bytes do', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareByCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })
})
