import type { Command } from 'commander'
import { matchedPlaces } from '../../main/administration/matched-places.ts'
import { Refusal } from '../../main/administration/refusal.ts'
import { placeText } from '../../main/directory/read/place-text.ts'
import type { Engine } from '../../main/engine.ts'
import type { LookupIndexOrigin, LookupIndexRow } from '../../main/store/configuration/lookup-indexes.ts'
import { isoTime, moment } from '../../main/text/moment-text.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { interruptible } from '../interruptible.ts'
import { withProgress } from '../terminal/progress.ts'
import { tableLines } from '../terminal/table.ts'
import { withEngine } from '../with-engine.ts'

const reasons: { readonly [origin in LookupIndexOrigin]: string } = {
  admin: 'you asked for it',
  'matching-attribute': 'an integration matches by it',
  lookups: 'users were looked up by it',
}

/** Its index stays where the policy names another attribute by now, or the integration is gone. */
function reasonOf(index: LookupIndexRow, matched: ReadonlySet<string>): string {
  if (index.origin === 'matching-attribute' && !matched.has(placeText(index)))
    return 'an integration matched by it, none does now'
  return reasons[index.origin]
}

function view(engine: Engine, index: LookupIndexRow) {
  return {
    attribute: placeText(index),
    state: index.state,
    percent: engine.reads.lookupIndexes.percentBuilt(index),
    origin: index.origin,
    createdAt: isoTime(index.created_at),
    // The row of one that was removed keeps the moment.
    readyAt: isoTime(index.state === 'ready' ? index.ready_at : undefined),
  }
}

function stateText(engine: Engine, index: LookupIndexRow): string {
  if (index.state === 'building') return `${engine.reads.lookupIndexes.percentBuilt(index)} % made`
  if (index.state === 'dropping') return 'being removed'
  return index.state === 'ready' ? 'in use' : 'removed, not made by itself'
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const directoryId = directoryOf(engine, context)
    const indexes = engine.reads.lookupIndexes.ofDirectory(directoryId)
    if (context.json) return context.print(indexes.map((index) => view(engine, index)))
    if (indexes.length === 0)
      return context.say(
        'No indexes of attributes. By userName, externalId and e-mail address users are found at once.',
      )
    const now = context.now()
    const matched = matchedPlaces(engine.reads, directoryId)
    const rows = indexes.map((index) => [
      placeText(index),
      stateText(engine, index),
      reasonOf(index, matched),
      moment(index.created_at, now),
    ])
    for (const line of tableLines(['ATTRIBUTE', 'STATE', 'WHY', 'SINCE'], rows)) context.say(line)
  })
}

/** Does what is left to do, beside a server that may do the same. Throws `Refusal` when it is stopped. */
function finish(
  engine: Engine,
  context: CommandContext,
  begun: LookupIndexRow,
  doing: string,
): Promise<LookupIndexRow | undefined> {
  return interruptible((signal) =>
    withProgress(context, async (update) => {
      const index = await engine.indexKeeper.finish(
        begun.id,
        () => signal.aborted,
        (each) =>
          update(each.state === 'building' ? `${doing}: ${engine.reads.lookupIndexes.percentBuilt(each)} %` : doing),
      )
      if (signal.aborted && (index?.state === 'building' || index?.state === 'dropping'))
        throw new Refusal(`Stopped. A server goes on with the index of ${placeText(begun)}, or the same command.`)
      return index
    }),
  )
}

function add(context: CommandContext, path: string): Promise<void> {
  return withEngine(context, async (engine) => {
    const begun = await engine.administer('add-lookup-index', { directory: context.directory, path })
    const index = await finish(engine, context, begun, `Making the index of ${placeText(begun)}`)
    if (index?.state !== 'ready') throw new Refusal(`The index of ${placeText(begun)} was removed meanwhile.`)
    if (context.json) return context.print(view(engine, index))
    context.say(`Users are found by ${placeText(index)} at once.`)
  })
}

function remove(context: CommandContext, path: string): Promise<void> {
  return withEngine(context, async (engine) => {
    const begun = await engine.administer('remove-lookup-index', { directory: context.directory, path })
    const index = await finish(engine, context, begun, `Removing the index of ${placeText(begun)}`)
    if (context.json) return context.print({ attribute: placeText(begun), state: index?.state ?? 'removed' })
    context.say(`The index of ${placeText(begun)} is removed, and is not made again by itself.`)
  })
}

export function addIndexesCommand(program: Command, contextOf: ContextOf): void {
  const indexes = program.command('indexes').description('Indexes of attributes by which users are looked up')
  indexes
    .command('list')
    .description('List the indexes of attributes (--json: one array)')
    .addHelpText('after', '\nExample:\n  rollcall indexes list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  indexes
    .command('add')
    .description('Make an index of an attribute, so that users are found by it at once')
    .argument('<attribute>', 'its path, with the URN of its extension where it has one')
    .addHelpText(
      'after',
      '\nExample:\n  rollcall indexes add urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
    )
    .action((path: string, _flags: unknown, command: Command) => add(contextOf(command), path))
  indexes
    .command('remove')
    .description('Remove the index of an attribute; it is not made again by itself')
    .argument('<attribute>', 'its path, as "rollcall indexes list" has it')
    .addHelpText('after', '\nExample:\n  rollcall indexes remove phoneNumbers.value')
    .action((path: string, _flags: unknown, command: Command) => remove(contextOf(command), path))
}
