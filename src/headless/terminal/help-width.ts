import type { Command } from 'commander'

/** Characters of a description that stand beside a long name, in a narrow terminal. */
const narrowestColumn = 12

function wrapped(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/**
 * Breaks the paragraphs of a help text anew where a line of theirs is longer than `width` characters. Lines that are indented, such as
 * options and examples, stay as they are; so does a word that is longer than the width.
 */
export function fitParagraphs(text: string, width: number): string {
  return text.replaceAll(/^\S.*(?:\n\S.*)*/gm, (paragraph) => {
    if (paragraph.split('\n').every((line) => line.length <= width)) return paragraph
    return wrapped(paragraph.split(/\s+/), width).join('\n')
  })
}

/** Writes the help of a command, and of all in it, as wide as `widthOf` says, in characters: the texts behind the options too. */
export function fitHelp(command: Command, write: (text: string) => void, widthOf: () => number): void {
  for (const each of command.commands) fitHelp(each, write, widthOf)
  command.configureHelp({ minWidthToWrap: narrowestColumn }).configureOutput({
    getOutHelpWidth: widthOf,
    writeOut: (text) => write(fitParagraphs(text, widthOf())),
  })
}
