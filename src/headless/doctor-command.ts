import { styleText } from 'node:util'
import type { Command } from 'commander'
import { lockHolder } from '../main/data-dir-lock.ts'
import { openReaderConnection } from '../main/store/database-files.ts'
import { prepareStoreReads } from '../main/store/store-reads.ts'
import type { CommandContext, ContextOf } from './command-context.ts'
import { examineDirectory, examineNotifications, examineSecrets } from './doctor/examine-configuration.ts'
import { examineDatabase, examineJournal } from './doctor/examine-databases.ts'
import { examineFolder } from './doctor/examine-folder.ts'
import { fine, problem, reasonOf, warning, type Finding } from './doctor/finding.ts'
import { moment } from './moment.ts'
import { printable } from './printable.ts'
import { ReportedFailure } from './failure.ts'
import { certificateProblem, readTlsFiles, type TlsFlags } from './tls-files.ts'

const soonMs = 14 * 86_400_000

function examineServer({ dataDir, now }: CommandContext): Finding {
  const holder = lockHolder(dataDir, now())
  return fine(
    'server',
    holder ? `Running since ${moment(holder.since, now())}, process ${holder.pid}.` : 'Not running.',
  )
}

function examineCertificate(flags: TlsFlags, now: number): readonly Finding[] {
  try {
    const tls = readTlsFiles(flags)
    if (!tls) return []
    const expiry = certificateProblem(tls, now)
    if (expiry !== undefined) return [problem('certificate', expiry)]
    return [
      tls.validTo - now < soonMs
        ? warning('certificate', `It expires ${moment(tls.validTo, now)}. Renew it soon.`)
        : fine('certificate', `Valid until ${moment(tls.validTo, now)}.`),
    ]
  } catch (error) {
    return [problem('certificate', reasonOf(error))]
  }
}

async function examineContents(context: CommandContext): Promise<readonly Finding[]> {
  const connection = openReaderConnection(context.dataDir)
  try {
    const reads = prepareStoreReads(connection)
    return [
      ...(await examineSecrets(context.dataDir, reads, context.now())),
      ...examineDirectory(reads),
      ...examineNotifications(reads),
    ]
  } finally {
    connection.close()
  }
}

/** Looks at everything and changes nothing: what is not there yet is not made. */
async function examine(context: CommandContext, flags: TlsFlags): Promise<readonly Finding[]> {
  const folder = examineFolder(context.dataDir)
  const certificate = examineCertificate(flags, context.now())
  if (folder.some((each) => each.status === 'problem' && each.check === 'data directory'))
    return [...folder, ...certificate]
  const database = examineDatabase(context.dataDir)
  const contents = database.isCurrent ? await examineContents(context) : []
  return [
    ...folder,
    database.finding,
    examineJournal(context.dataDir),
    ...contents,
    examineServer(context),
    ...certificate,
  ]
}

const signs = {
  ok: () => styleText('green', 'ok      '),
  warning: () => styleText('yellow', 'warning '),
  problem: () => styleText('red', 'problem '),
}

async function doctor(context: CommandContext, flags: TlsFlags): Promise<void> {
  const findings = await examine(context, flags)
  const ok = findings.every((each) => each.status !== 'problem')
  if (context.json) context.print({ ok, findings })
  else
    for (const { status, check, message } of findings)
      context.say(`${signs[status]()} ${printable(check)}: ${printable(message)}`)
  if (!ok) throw new ReportedFailure('Something is wrong.')
}

export function addDoctorCommand(program: Command, contextOf: ContextOf): void {
  program
    .command('doctor')
    .description('Look for what is wrong: data, disk, secrets, tokens, certificate. Changes nothing')
    .option('--tls-cert <file>', 'also examine this certificate')
    .option('--tls-key <file>', 'and the private key to it')
    .addHelpText(
      'after',
      `
The exit status is 1 when there is a problem; each line says what to do. --json prints {"ok":…,"findings":[…]}.

Example:
  rollcall doctor`,
    )
    .action((flags: TlsFlags, command: Command) => doctor(contextOf(command), flags))
}
