/**
 * Puts a text on the clipboard that may still be on its way: the browser is asked while the key or click that wanted it is fresh. Rejects
 * with what kept the text from coming, or with a `DOMException` where the browser forbids it.
 */
export async function writeClipboard(text: string | Promise<string>): Promise<void> {
  if (typeof text === 'string' || typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await text)
  // The clipboard hides why a promise failed; whoever waits for the text here learns it.
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }))
  await Promise.all([text, navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])])
}
