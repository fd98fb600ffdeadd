import { expect, test } from 'vitest'
import type { Exchange } from '../../exchange.ts'
import type { CheckReport } from '../run-check.ts'
import { reportPage } from './report-page.ts'

const hostile = `</pre><script>alert(1)</script><img src=x onerror="alert('2')">\u202e\u0007`

const exchange: Exchange = {
  request: { method: 'GET', url: `http://here/${hostile}`, headers: { Accept: hostile }, body: hostile },
  answer: { status: 500, headers: { 'x-hostile': hostile }, contentType: '', text: hostile, body: undefined },
  problem: undefined,
  ms: 1,
}

const report: CheckReport = {
  groups: [
    {
      subject: 'Users',
      results: [
        {
          id: 'create',
          title: 'A title',
          basis: 'RFC 7644 §3.3',
          weight: 'must',
          verdict: { outcome: 'failed', expected: 'status 201', seen: hostile },
          exchanges: [exchange],
          evidence: exchange,
        },
      ],
    },
  ],
  leftBehind: [{ endpoint: '/Users', id: hostile, name: hostile, reason: hostile }],
  interrupted: false,
  fellSilent: false,
}

test('what comes from the wire is text in the page, whatever it says', () => {
  const page = reportPage(report, { url: `https://example.com/${hostile}`, at: 0, version: '1.2.3' })
  expect(page).not.toMatch(/<script|<img|\u202e/)
  expect(
    page.match(
      /&lt;script&gt;alert\(1\)&lt;\/script&gt;&lt;img src=x onerror=&quot;alert\(&#39;2&#39;\)&quot;&gt;\ufffd\ufffd/g,
    )?.length,
  ).toBe(10)
  expect(page).toContain('1970-01-01 00:00:00 UTC, Rollcall 1.2.3')
  expect(page).toContain('not as expected')
})
