import type { CheckReport, CheckResult, ResultGroup } from '../run-check.ts'
import { isFailure, isWarning, summarise } from '../summary.ts'
import { checkVerdict } from '../verdict.ts'
import { checkSection, lookOf, type Look } from './check-section.ts'
import { Html, html, nothing } from './html.ts'
import { reportStyle } from './style.ts'

export interface ReportFacts {
  readonly url: string
  /** Ms since the epoch. */
  readonly at: number
  /** Of Rollcall. */
  readonly version: string
}

function subjectRow(subject: string, results: readonly CheckResult[]): Html {
  const count = (look: Look) => results.filter((each) => lookOf(each) === look).length
  return html`<tr>
    <th scope="row">${subject}</th>
    <td class="number">${count('passed')}</td>
    <td class="number">${count('failed')}</td>
    <td class="number">${count('warning')}</td>
    <td class="number">${count('skipped')}</td>
  </tr> `
}

const marks = { passed: '✓', failed: '✗', warning: '!' } as const

function verdictOf(report: CheckReport): Html {
  const { look, sentence } = checkVerdict(report)
  return html`<p class="verdict ${look}">${marks[look]} ${sentence}</p>`
}

function leftBehind(report: CheckReport): Html {
  if (report.leftBehind.length === 0) return nothing
  const rows = report.leftBehind.map(
    (each) =>
      html`<tr>
        <th scope="row">${each.endpoint}/${each.id ?? '?'}</th>
        <td>${each.name}</td>
        <td>${each.reason}</td>
      </tr> `,
  )
  return html`<h2>Left at the endpoint</h2>
    <p>These could not be removed. Remove them by hand.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Resource</th>
          <th scope="col">Name</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`
}

/** What has not failed: that stands at the top already. */
function otherResults({ subject, results }: ResultGroup): Html {
  const others = results.filter((each) => each.verdict.outcome !== 'failed')
  return others.length === 0
    ? nothing
    : html`<h2>${subject}</h2>
        ${others.map(checkSection)}`
}

/** The whole report as one file that needs nothing else: no script, nothing loaded, everything from the wire as text. */
export function reportPage(report: CheckReport, facts: ReportFacts): string {
  const { passed, failed, warnings, skipped } = summarise(report)
  const results = report.groups.flatMap((each) => each.results)
  const wrong = [...results.filter(isFailure), ...results.filter(isWarning)]
  const time = new Date(facts.at).toISOString().replace('T', ' ').slice(0, 19)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>SCIM compliance check</title>
        <style>
          ${new Html(reportStyle)}
        </style>
      </head>
      <body>
        <main>
          <h1>SCIM compliance check</h1>
          <p>${facts.url}</p>
          <p class="soft">${time} UTC, Rollcall ${facts.version}</p>
          ${verdictOf(report)}
          <table>
            <thead>
              <tr>
                <th scope="col">Subject</th>
                <th scope="col" class="number">Passed</th>
                <th scope="col" class="number">Failed</th>
                <th scope="col" class="number">Warnings</th>
                <th scope="col" class="number">Skipped</th>
              </tr>
            </thead>
            <tbody>
              ${report.groups.map((each) => subjectRow(each.subject, each.results))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">All</th>
                <td class="number">${passed}</td>
                <td class="number">${failed}</td>
                <td class="number">${warnings}</td>
                <td class="number">${skipped}</td>
              </tr>
            </tfoot>
          </table>
          <p class="soft">
            “must” is what the RFC, Entra ID or Okta cannot do without; a “should” or “may” that is not met is a
            warning.
          </p>
          ${leftBehind(report)}
          ${
            wrong.length === 0
              ? nothing
              : html`<h2>What is not as expected</h2>
                  ${wrong.map(checkSection)}`
          }
          ${report.groups.map(otherResults)}
        </main>
      </body>
    </html> `
  return page.text
}
