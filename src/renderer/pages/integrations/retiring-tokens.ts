import type { Token } from '../../../contract/tokens.ts'
import { dateText, pastTimeText } from '../../components/text/time-text.ts'

/** The tokens that still work beside the active one, newest first. */
export function retiringTokens(tokens: readonly Token[] | undefined): readonly Token[] {
  return tokens?.filter(({ state }) => state === 'retiring') ?? []
}

/** A token inside a sentence: `rc_7f3a1c2b…, used 2 min ago`. */
export function tokenText({ prefix, lastUsedAt }: Pick<Token, 'prefix' | 'lastUsedAt'>, now: number): string {
  return `${prefix}…, ${lastUsedAt === null ? 'not used yet' : `used ${pastTimeText(lastUsedAt, now)}`}`
}

/** What a rotation that keeps the old token does to those that were retiring already. */
export function keptText(retiring: readonly Token[], now: number): string {
  return retiring
    .map(({ overlapUntil, ...token }) => {
      const end = overlapUntil === null ? '' : `, and until ${dateText(overlapUntil)} at most, as before`
      return ` So does the one that is retiring already (${tokenText(token, now)})${end}.`
    })
    .join('')
}

/** What a rotation that stops the old token at once does to them. */
export function stoppedText(retiring: readonly Token[], now: number): string {
  return retiring.map((token) => ` The one that is retiring (${tokenText(token, now)}) stops too.`).join('')
}
