import { expect, it } from 'vitest'
import { webhookFailure } from './webhook-failure.ts'

const failure = (code: string, message: string) => Object.assign(new Error(message), { code })

it.each([
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND hooks.example.com', 'The name in the URL is not known. Check its spelling'],
  ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN hooks.example.com', 'The name in the URL cannot be looked up at present'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 192.0.2.1:443', 'Nothing listens at the address and port of the URL'],
  ['ECONNRESET', 'socket hang up', 'The receiver closed the connection without an answer'],
  ['EPROTO', 'write EPROTO 80ABF…:wrong version number', 'The receiver does not speak TLS on that port'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'The certificate of the receiver is not valid at this moment'],
])('%s is said in a sentence with what to do', (code, message, sentence) => {
  const said = webhookFailure(failure(code, message))
  expect(said).toContain(sentence)
  expect(said).not.toContain(message)
})

it('what nobody foresaw is told as it is', () => {
  expect(webhookFailure(failure('EWHATEVER', 'something else'))).toContain('something else')
})
