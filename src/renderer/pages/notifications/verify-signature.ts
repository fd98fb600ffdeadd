/** How a receiver tells that a post comes from here: the recipe of docs/webhooks.md, letter by letter. */
export const verifySignature = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether a post is from the Rollcall that has this secret. \`header\` is Rollcall-Signature, \`body\` the text as it was received. */
export function verifyRollcall(secret, header, body, now = Date.now()) {
  const [, time, signature] = /^t=(\\d+),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (time === undefined || Math.abs(now / 1000 - Number(time)) > 300) return false
  const expected = createHmac('sha256', secret).update(\`\${time}.\${body}\`).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}
`
