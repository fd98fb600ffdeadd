import { InvalidArgumentError, type Command } from 'commander'
import { parseRequestFilter, filterRemarks, type RequestTerm } from '../../contract/request-filter.ts'
import type { ContextOf } from '../command-context.ts'
import { deleteRequests, type DeleteRequestsFlags } from './delete-requests.ts'
import { parseDuration } from '../duration.ts'
import { exportRequests, type ExportRequestsFlags } from './export-requests.ts'
import { followRequests, listRequests } from './list-requests.ts'
import { parseCount } from '../option-values.ts'
import { remarkIntegration, requestFilter, type RequestFilterFlags } from './request-filter.ts'
import { showRequest, type ShowRequestFlags } from './show-request.ts'
import { UsageError } from '../usage-error.ts'

interface RequestsFlags extends RequestFilterFlags, ExportRequestsFlags {
  readonly follow?: boolean
  readonly limit: number
}

function parseStatus(text: string): string {
  if (!/^[1-5](xx|\d\d)$/i.test(text)) throw new InvalidArgumentError('A status looks like 404 or 4xx.')
  return text.toLowerCase()
}

function parseFilter(text: string): readonly RequestTerm[] {
  const parsed = parseRequestFilter(text)
  if (!parsed.ok) throw new InvalidArgumentError(parsed.problem)
  return parsed.terms
}

/** Nothing else can have come in, so that any other is a slip, which would find nothing. */
async function checkMethod(method: string): Promise<void> {
  // Loaded here alone: it takes half of the time of a short command.
  const { METHODS } = await import('node:http')
  if (!METHODS.includes(method)) throw new UsageError(`"${method}" is no HTTP method such as PATCH.`)
}

const largestLimit = 10_000

function parseLimit(text: string): number {
  const limit = parseCount(text)
  if (limit > largestLimit) throw new InvalidArgumentError(`At most ${largestLimit}; --export FILE writes all of them.`)
  return limit
}

async function requests(command: Command, contextOf: ContextOf, flags: RequestsFlags): Promise<void> {
  const context = contextOf(command)
  if (flags.follow === true && flags.export !== undefined) throw new UsageError('Choose one of --follow and --export.')
  if (flags.export !== undefined && command.getOptionValueSource('limit') === 'cli')
    throw new UsageError('Choose one of --limit and --export, which writes all that match.')
  for (const remark of filterRemarks(flags.filter ?? [])) context.warn(remark)
  if (flags.method !== undefined) await checkMethod(flags.method)
  await remarkIntegration(context, flags.integration)
  const where = await requestFilter(context, flags)
  if (flags.export !== undefined) return exportRequests(context, flags.export, where, flags)
  return flags.follow === true ? followRequests(context, where, flags.limit) : listRequests(context, where, flags.limit)
}

export function addRequestsCommand(program: Command, contextOf: ContextOf): void {
  const group = program.command('requests').description('The log of requests, also beside a running server')
  const list = group
    .command('list', { isDefault: true })
    .description('List the newest requests, the newest last')
    .option('--follow', 'go on with new ones as they come, until Ctrl+C')
    .option('--status <status>', 'only answers with this status: 404, or 4xx for all of them', parseStatus)
    .option('--integration <slug>', 'only requests of this integration')
    .option('--user <who>', 'only requests about this user: userName or id')
    .option('--method <method>', 'only requests with this HTTP method', (text) => text.toUpperCase())
    .option('--text <text>', 'only requests that have this text in URL, headers, bodies or explanation')
    .option('--since <time>', 'only those of the last 30m, 24h, 7d …', parseDuration)
    .option(
      '--filter <text>',
      'what the filter box of the console takes: status:4xx user:ana -path:/Schemas',
      parseFilter,
    )
    .option('--limit <number>', 'how many', parseLimit, 20)
    .option('--export <file>', 'write all that match to a file: .har for browsers, .ndjson with one JSON object a line')
    .option('--yes', 'replace the file of --export if it exists')
    .addHelpText(
      'after',
      `
--json prints one array; with --follow one object a line.

Example:
  rollcall requests --status 4xx --integration entra-id --since 24h
  rollcall requests --follow
  rollcall requests --filter 'op:"disable user" ms:>500 -integration:okta since:7d'
  rollcall requests --export failures.har --status 5xx`,
    )
    .action((flags: RequestsFlags, command: Command) => requests(command, contextOf, flags))
  group.addHelpText('after', () => `\n${list.helpInformation().trimEnd()}`)
  group
    .command('show')
    .description('Show one request with its answer, why it was answered like that, and what to do about a failure')
    .argument('<id>', 'its number in the list, or the X-Request-Id of the answer')
    .option('--curl', 'print the curl command that sends it again, with $SCIM_TOKEN in place of the token')
    .addHelpText('after', '\nExample:\n  rollcall requests show 1204\n  rollcall requests show 1204 --curl')
    .action((id: string, flags: ShowRequestFlags, command: Command) => showRequest(contextOf(command), id, flags))
  group
    .command('delete')
    .description('Delete old requests from the log for good; users and groups stay')
    .requiredOption('--older-than <time>', 'those that are older than 30d, 12h …', parseDuration)
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  rollcall requests delete --older-than 7d --yes')
    .action((flags: DeleteRequestsFlags, command: Command) => deleteRequests(contextOf(command), flags))
}
