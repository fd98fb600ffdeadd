/** How umlauts are written: `ü` as `u`, or as `ue`, as German-speaking organisations do. */
export type UmlautStyle = 'plain' | 'german'

/** Letters that are more than a base letter with marks. Greek and Cyrillic follow ISO 843 and BGN/PCGN, letter by letter. */
const letters = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ħ: 'h',
    ı: 'i',
    ĸ: 'k',
    ŋ: 'n',
    ŧ: 't',
    ə: 'a',
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'y',
    φ: 'f',
    χ: 'ch',
    ψ: 'ps',
    ω: 'o',
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    ђ: 'dj',
    е: 'e',
    ё: 'yo',
    є: 'ye',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    ї: 'yi',
    й: 'y',
    ј: 'j',
    к: 'k',
    л: 'l',
    љ: 'lj',
    м: 'm',
    н: 'n',
    њ: 'nj',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    ћ: 'c',
    у: 'u',
    ў: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    џ: 'dz',
    ш: 'sh',
    щ: 'shch',
    ъ: '',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
  }),
)

const german = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue' }))

function written(character: string, umlauts: UmlautStyle): string | undefined {
  const known = (umlauts === 'german' ? german.get(character) : undefined) ?? letters.get(character)
  if (known !== undefined) return known
  const bare = character.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return /^\p{ASCII}*$/u.test(bare) ? bare : letters.get(bare)
}

/** A text in small ASCII letters: accents fall away, Greek and Cyrillic are spelt. Undefined where a letter cannot be written so. */
export function transliterate(text: string, umlauts: UmlautStyle): string | undefined {
  const small = text.normalize('NFKC').toLowerCase().normalize('NFC').replaceAll(/ο[υύ]/g, 'ou')
  let result = ''
  for (const character of small) {
    const ascii = written(character, umlauts)
    if (ascii === undefined) return undefined
    result += ascii
  }
  return result
}
