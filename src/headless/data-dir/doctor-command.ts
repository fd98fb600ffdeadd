import { join } from 'node:path'
import { styleText } from 'node:util'
import type { Command } from 'commander'
import { lockHolder, silentSince } from '../../main/data-dir/data-dir-lock.ts'
import { endpointChoice, halfTls } from '../../main/endpoint-settings.ts'
import { databaseFileName } from '../../main/store/file/database-file-names.ts'
import { openReaderConnection } from '../../main/store/file/database-files.ts'
import { isOnReadOnlyDisk } from '../../main/store/file/read-only-disk.ts'
import { prepareStoreReads, type StoreReads } from '../../main/store/store-reads.ts'
import { moment } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { examineBackups } from '../../main/doctor/examine-backups.ts'
import { examineTlsFiles } from '../../main/doctor/examine-certificate.ts'
import { examineDirectory, examineNotifications, examineSecrets } from '../../main/doctor/examine-configuration.ts'
import { examineDatabase, examineJournal } from '../../main/doctor/examine-databases.ts'
import { examineFolder } from '../../main/doctor/examine-folder.ts'
import { examineHalfWritten } from '../../main/doctor/examine-half-written.ts'
import { fine, problem, type Finding } from '../../main/doctor/finding.ts'
import { notEmpty } from '../option-values.ts'
import { printable } from '../terminal/printable.ts'
import { ReportedFailure } from '../failure.ts'
import { tlsPathsOf, type TlsFlags } from '../serve/tls-flags.ts'

function examineServer({ dataDir, now }: CommandContext): Finding {
  const holder = lockHolder(dataDir, now())
  if (!holder) return fine('server', 'Not running.')
  const silent = silentSince(dataDir, now())
  return silent === undefined
    ? fine('server', `Running since ${moment(holder.since, now())}, process ${holder.pid}.`)
    : problem(
        'server',
        `Process ${holder.pid} runs, but has given no sign of life since ${moment(silent, now())}. End it (kill -9 ${holder.pid}) and start it again.`,
      )
}

/** The certificate that is named, or else the one that is set. */
function examineCertificate(flags: TlsFlags, reads: StoreReads | undefined, now: number): readonly Finding[] {
  const half = reads && halfTls(reads)
  if (half && tlsPathsOf(flags) === undefined) return [problem('certificate', half.message)]
  const set = reads && endpointChoice(reads, {}).tls.value
  return examineTlsFiles(tlsPathsOf(flags) ?? (set && 'files' in set ? set.files : undefined), now)
}

async function examineContents(context: CommandContext, flags: TlsFlags): Promise<readonly Finding[]> {
  const connection = openReaderConnection(context.dataDir)
  try {
    const reads = prepareStoreReads(connection)
    return [
      ...(await examineSecrets(context.dataDir, reads, context.now())),
      ...examineDirectory(reads),
      examineBackups(reads, context.now()),
      ...examineHalfWritten(context.dataDir, reads, context.now()),
      ...examineCertificate(flags, reads, context.now()),
      ...examineNotifications(reads),
    ]
  } finally {
    connection.close()
  }
}

/** Looks at everything and changes nothing: what is not there yet is not made. */
async function examine(context: CommandContext, flags: TlsFlags): Promise<readonly Finding[]> {
  const folder = examineFolder(context.dataDir)
  const isOutOfReach = folder.some((each) => each.status === 'problem' && each.check === 'data directory')
  if (isOutOfReach && !isOnReadOnlyDisk(join(context.dataDir, databaseFileName)))
    return [...folder, ...examineCertificate(flags, undefined, context.now())]
  const database = examineDatabase(context.dataDir)
  const contents = database.isCurrent
    ? await examineContents(context, flags)
    : examineCertificate(flags, undefined, context.now())
  return [...folder, database.finding, examineJournal(context.dataDir), ...contents, examineServer(context)]
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
    .option('--tls-cert <file>', 'also examine this certificate', notEmpty)
    .option('--tls-key <file>', 'and the private key to it', notEmpty)
    .addHelpText(
      'after',
      `
The exit status is 1 when there is a problem; each line says what to do. --json prints {"ok":…,"findings":[…]}.

Example:
  rollcall doctor`,
    )
    .action((flags: TlsFlags, command: Command) => doctor(contextOf(command), flags))
}
