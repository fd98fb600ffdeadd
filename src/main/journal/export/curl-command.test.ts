import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlCommand } from './curl-command.ts'
import type { JournalContent, JournalDetail } from '../journal-entry.ts'

function detail(changed: Partial<JournalDetail> = {}, content: Partial<JournalContent> = {}): JournalDetail {
  return {
    id: 1,
    at: 0,
    durationMicros: 1,
    status: 200,
    method: 'PATCH',
    target: '/scim/entra/v2/Users/7',
    endpoint: 'Users',
    resourceId: '7',
    integrationId: 1,
    integrationSlug: 'entra',
    classification: 'update user',
    matched: undefined,
    idp: 'entra',
    certainty: 'likely',
    requestId: 'r1',
    remoteAddress: '203.0.113.7',
    requestBytes: 1,
    responseBytes: 1,
    lost: undefined,
    subject: undefined,
    isPinned: false,
    isOnlyPinned: false,
    isRedacted: false,
    requestBodyState: 'whole',
    responseBodyState: 'whole',
    content: {
      requestHeaders: [
        { name: 'Host', value: 'scim.example.com' },
        { name: 'Authorization', value: '[redacted]' },
        { name: 'Content-Type', value: 'application/scim+json' },
        { name: 'X-Forwarded-For', value: '10.0.0.1' },
      ],
      requestBody: '{"a":"it\'s"}',
      responseHeaders: [],
      responseBody: undefined,
      trace: [],
      idpBecause: undefined,
      ...content,
    },
    ...changed,
  }
}

/** What a shell makes of the command: curl is a function that prints its arguments, each ended by NUL. */
function argumentsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\nSCIM_TOKEN=secret\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('the curl command', () => {
  it('sends method, address, headers and body, and the token by its variable alone', () => {
    const { command, remarks } = curlCommand(detail(), 'https://scim.example.com')
    expect(command).toContain('"Authorization: Bearer $SCIM_TOKEN"')
    expect(command).not.toMatch(/redacted|Forwarded|Host:/)
    expect(argumentsOf(command)).toEqual([
      '--globoff',
      '--path-as-is',
      '--request',
      'PATCH',
      'https://scim.example.com/scim/entra/v2/Users/7',
      '--header',
      'Authorization: Bearer secret',
      '--header',
      'Content-Type: application/scim+json',
      '--data-raw',
      '{"a":"it\'s"}',
    ])
    expect(remarks).toHaveLength(1)
  })

  it('says what the log has no more', () => {
    const { remarks } = curlCommand(
      detail({ requestBodyState: 'cut' }, { requestBody: '{"p":"[redacted]"' }),
      'http://h',
    )
    expect(remarks.join(' ')).toContain('[redacted]')
    expect(remarks.join(' ')).toContain('complete it first')
  })

  it('hands hostile texts through a shell as they are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => !/[\0\ud800-\udfff]/.test(each))
    fc.assert(
      fc.property(text, text, (body, query) => {
        const { command } = curlCommand(detail({ target: `/x?${query}` }, { requestBody: `a${body}` }), 'http://h')
        const given = argumentsOf(command)
        expect(given).toContain(`http://h/x?${query}`)
        expect(given.at(-1)).toBe(`a${body}`)
      }),
      { numRuns: 60 },
    )
  })

  it('holds no character that a terminal takes for a key when it is pasted, and sends it all the same', () => {
    const body = '{"a":"\u0003\rrm -rf ~\r\u001b[201~\u0085\u202e\u2028\n\tb"}'
    const { command } = curlCommand(detail({}, { requestBody: body }), 'http://h')
    // eslint-disable-next-line no-control-regex
    expect(command).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
    expect(argumentsOf(command).at(-1)).toBe(body)
  })

  it('sends a body that begins with @ as it is, and not a file of whoever runs it', () => {
    const { command } = curlCommand(detail({}, { requestBody: '@/etc/passwd' }), 'http://h')
    expect(argumentsOf(command).slice(-2)).toEqual(['--data-raw', '@/etc/passwd'])
  })

  it('is not made of what never became a request', () => {
    expect(() => curlCommand(detail({ method: '', target: '', status: 0 }), 'http://x')).toThrow(
      'It never became a request, so that there is nothing to send again.',
    )
  })
})
