import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { version } from '../../../package.json'
import { reportPage } from '../../main/diagnosis/check/report/report-page.ts'
import { summarise } from '../../main/diagnosis/check/summary.ts'
import { writePrivateFile } from '../../main/data-dir/private-file.ts'
import { checkJson, checkLines } from './check-results.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { confirm, type YesFlag } from '../terminal/confirm.ts'
import { addEndpointOptions, endpointToken, tokenHelp, type EndpointFlags } from './endpoint-options.ts'
import { ReportedFailure } from '../failure.ts'
import { interruptible } from '../interruptible.ts'
import { printable } from '../terminal/printable.ts'
import { withProgress } from '../terminal/progress.ts'
import { UsageError } from '../usage-error.ts'

interface CheckFlags extends EndpointFlags, YesFlag {
  readonly report?: string
}

/** The file that the report goes to, once it is certain that it may. */
async function reportFile(context: CommandContext, flags: CheckFlags): Promise<string | undefined> {
  if (flags.report === undefined) return undefined
  const file = resolve(flags.report)
  if (!/^\.html?$/i.test(extname(file))) throw new UsageError(`"${flags.report}" is no page: let it end in .html.`)
  if (existsSync(file)) await confirm(context, flags, `${file} exists already. Replace it?`)
  return file
}

async function check(context: CommandContext, flags: CheckFlags): Promise<void> {
  const file = await reportFile(context, flags)
  const token = await endpointToken(context, flags)
  const { runCheck } = await import('../../main/diagnosis/runners.ts')
  const { url } = flags
  const at = context.now()
  const marker = `rollcall-check-${randomBytes(5).toString('hex')}`
  const report = await interruptible((signal) =>
    withProgress(context, (update) =>
      runCheck({
        url,
        token,
        marker,
        signal,
        progress: ({ title, done, all }) => update(printable(`${done} of ${all}: ${title}`)),
      }),
    ),
  )
  if (file !== undefined) await writePrivateFile(file, [reportPage(report, { url, at, version })])
  if (context.json) context.print(checkJson(report, url, file))
  else await context.stdout.write(`${checkLines(report, file).join('\n')}\n`)
  if (!summarise(report).ok) throw new ReportedFailure('The endpoint does not do all that it must.')
}

export function addCheckCommand(program: Command, contextOf: ContextOf): void {
  const command = program
    .command('check')
    .description('Check any SCIM endpoint against the RFCs and what Entra ID and Okta need')
  addEndpointOptions(command)
    .option('--report <file>', 'also write a page for people: FILE.html, with every request and answer')
    .option('--yes', 'replace the file of --report if it exists')
    .addHelpText(
      'after',
      `
Works on users and groups of its own, called rollcall-check-…, and removes them in the end, also after Ctrl+C; what could not be
removed is named. What the endpoint does not claim in its ServiceProviderConfig is left out. The exit status is 1 when something that
it must do fails; what it should or may do is a warning.

${tokenHelp}

Example:
  rollcall check --url https://scim.example.com/scim/v2 --token - --report check.html < token.txt`,
    )
    .action((flags: CheckFlags, from: Command) => check(contextOf(from), flags))
}
