const ascii = /^\p{ASCII}*$/u
/** Letters outside ASCII whose lower case has one of ASCII in it: K for degrees Kelvin, and the dotted capital I. */
const kin = ['\u212A', '\u0130'].map((letter) => Buffer.from(letter))
/** Looked at together, in bytes: what is made of it is small enough to be gone with the next collection of the young generation. */
const window = 32 * 1024

/**
 * Whether a text in lower case, composed, may stand in UTF-8, in any letter case and however Unicode spells it; false is certain. Of ASCII's letters each byte is one, so that no long
 * text has to be made of the bytes, whose garbage would be gigabytes for a search through a log.
 */
export function mayHoldText(bytes: Buffer, text: string): boolean {
  if (!ascii.test(text)) return bytes.toString('utf8').toLowerCase().normalize('NFC').includes(text)
  for (let at = 0; at < bytes.length; at += window)
    if (
      bytes
        .toString('latin1', at, at + window + text.length)
        .toLowerCase()
        .includes(text)
    )
      return true
  return kin.some((letter) => bytes.includes(letter))
}
