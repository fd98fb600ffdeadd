import { styleText } from 'node:util'
import type { Explanation } from '../../contract/request-detail.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { explanationOf } from '../../main/api/views/request-explanation.ts'
import { curlCommand } from '../../main/journal/export/curl-command.ts'
import type { BodyState, ChosenIdp, Header, JournalDetail } from '../../main/journal/journal-entry.ts'
import { explainingIdp, idps } from '../../idp/catalogue.ts'
import { idpIds } from '../../idp/idp.ts'
import { moment } from '../../main/text/moment-text.ts'
import { chosenIdps } from './chosen-idps.ts'
import type { CommandContext } from '../command-context.ts'
import { withJournal } from './list-requests.ts'
import { printable } from '../terminal/printable.ts'
import { requestLine, tookText } from './request-line.ts'
import { withEngine } from '../with-engine.ts'

const bodyRemarks: { readonly [state in BodyState]: string | undefined } = {
  whole: undefined,
  cut: 'The rest was not kept.',
  withheld: 'The body was not kept: it mentioned a secret and was no JSON.',
  dropped: 'The body was not kept: too many requests came at once.',
}

function bodyLines(body: string | undefined, state: BodyState): readonly string[] {
  const remark = bodyRemarks[state]
  return [...(body === undefined ? [] : indented(body).map(printable)), ...(remark === undefined ? [] : [remark])]
}

function indented(body: string): readonly string[] {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2).split('\n')
  } catch {
    return body.split('\n')
  }
}

function headerLines(headers: readonly Header[]): readonly string[] {
  return headers.map(({ name, value }) => printable(`${name}: ${value}`))
}

/** Which IdP sent it, and by what that was told. */
function senderText({ idp, content }: JournalDetail): string {
  if (content?.idpBecause !== undefined) return `. ${printable(content.idpBecause)}`
  const known = idpIds.find((id) => id === idp)
  return known === undefined ? '' : `, ${idps[known].displayName}`
}

/** What a failed answer means and what to do about it, for the IdP that the integration is set up for; null for one that did not fail. */
function explain(
  { status, method, endpoint, idp, integrationSlug, content }: JournalDetail,
  chosenIdp: ChosenIdp,
): Explanation | null {
  const trace = content?.trace ?? []
  const chosen = integrationSlug === undefined ? undefined : chosenIdp(integrationSlug)
  return explanationOf({
    status,
    scimType: trace.find(({ code }) => code === 'declined')?.expected,
    codes: trace.map(({ code }) => code),
    endpoint,
    method,
    idp: explainingIdp(chosen, idp),
  })
}

function adviceLines(explanation: Explanation | null): readonly string[] {
  if (explanation === null) return []
  const { meaning, nextStep, reaction } = explanation
  return [meaning, nextStep, ...(reaction === null ? [] : [reaction])]
}

function lines(detail: JournalDetail, explanation: Explanation | null, now: number): readonly string[] {
  const { content } = detail
  const heading = (text: string) => ['', styleText('bold', text)]
  const head = [
    requestLine(detail),
    `Received     ${moment(detail.at, now)}, took ${tookText(detail.durationMicros)}`,
    `From         ${printable(detail.remoteAddress)}${senderText(detail)}`,
    `X-Request-Id ${printable(detail.requestId)}`,
  ]
  const advice = adviceLines(explanation)
  const whatToDo = advice.length === 0 ? [] : [...heading('What to do'), ...advice]
  if (!content) return [...head, ...whatToDo, '', 'Its headers and bodies are gone.']
  return [
    ...head,
    ...heading('Why'),
    ...content.trace.map(({ sentence }) => `- ${printable(sentence)}`),
    ...whatToDo,
    ...heading('Request'),
    detail.method === '' ? 'None that could be read.' : printable(`${detail.method} ${detail.target}`),
    ...headerLines(content.requestHeaders),
    ...bodyLines(content.requestBody, detail.requestBodyState),
    ...heading('Answer'),
    detail.status === 0 ? 'None.' : String(detail.status),
    ...headerLines(content.responseHeaders),
    ...bodyLines(content.responseBody, detail.responseBodyState),
  ]
}

export interface ShowRequestFlags {
  readonly curl?: boolean
}

/** Where the endpoint is reached, without a path. */
function originOf(context: CommandContext): Promise<string> {
  return withEngine(context, (engine) => new URL(engine.scimUrl('x')).origin)
}

async function showCurl(context: CommandContext, detail: JournalDetail): Promise<void> {
  const made = curlCommand(detail, await originOf(context))
  if (context.json) return context.print(made)
  await context.stdout.write(`${[...made.remarks.map((remark) => `# ${remark}`), made.command].join('\n')}\n`)
}

/** Shows one request by its number or its `X-Request-Id`, or the command that sends it again. */
export function showRequest(context: CommandContext, id: string, flags: ShowRequestFlags): Promise<void> {
  return withJournal(context, async (reader) => {
    const detail = reader.get(/^\d{1,15}$/.test(id) ? Number(id) : id)
    if (!detail) throw new Refusal(`There is no request "${id}" in the log. See "rollcall requests".`)
    if (flags.curl === true) return showCurl(context, detail)
    const explanation = explain(detail, chosenIdps(context.dataDir))
    if (context.json) return context.print({ ...detail, explanation })
    await context.stdout.write(`${lines(detail, explanation, context.now()).join('\n')}\n`)
  })
}
