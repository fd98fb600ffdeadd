import { unreachable } from '../../../../scim/unreachable.ts'
import type { CheckResult } from '../run-check.ts'
import { isFailure, isWarning } from '../summary.ts'
import { answerText, requestText } from './exchange-text.ts'
import { html, nothing, type Html } from './html.ts'

export type Look = 'passed' | 'failed' | 'warning' | 'skipped'

const words: { readonly [look in Look]: string } = {
  passed: '✓ Passed',
  failed: '✗ Failed',
  warning: '! Warning',
  skipped: '– Skipped',
}

export function lookOf(result: CheckResult): Look {
  if (isFailure(result)) return 'failed'
  return isWarning(result) ? 'warning' : result.verdict.outcome === 'passed' ? 'passed' : 'skipped'
}

function explanation({ verdict }: CheckResult): Html {
  switch (verdict.outcome) {
    case 'failed':
      return html`<dl>
        <dt>Expected</dt>
        <dd>${verdict.expected}</dd>
        <dt>Seen</dt>
        <dd>${verdict.seen}</dd>
      </dl>`
    case 'skipped':
      return html`<p class="soft">Left out: ${verdict.reason}.</p>`
    case 'passed':
      return nothing
    default:
      return unreachable(verdict)
  }
}

function exchanges(result: CheckResult): Html {
  if (result.exchanges.length === 0) return nothing
  const parts = result.exchanges.map(
    (each, n) =>
      html`<h4>Request ${n + 1}</h4>
        <pre tabindex="0">${requestText(each)}</pre>
        <h4>Answer ${n + 1}${each === result.evidence ? ', not as expected' : ''}</h4>
        <pre tabindex="0">${answerText(each)}</pre>`,
  )
  const summary = `Requests and answers (${result.exchanges.length})`
  return result.verdict.outcome === 'failed'
    ? html`<details open>
        <summary>${summary}</summary>
        ${parts}
      </details>`
    : html`<details>
        <summary>${summary}</summary>
        ${parts}
      </details>`
}

/** One check: what came of it, and the exchanges to look at; those of a failed one are open. */
export function checkSection(result: CheckResult): Html {
  const look = lookOf(result)
  return html`<article class="check" id="${result.id}">
    <div class="head">
      <span class="word ${look}">${words[look]}</span>
      <h3>${result.title}</h3>
      <span class="basis soft">${result.weight} · ${result.basis}</span>
    </div>
    <div class="under">${explanation(result)}${exchanges(result)}</div>
  </article> `
}
