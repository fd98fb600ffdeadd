import { Refusal } from '../../main/administration/refusal.ts'
import { mappingCsv } from '../../main/conversion/lists/mapping-csv.ts'
import type { AliasMapping } from '../../main/store/resources/user-aliases.ts'
import type { CommandContext } from '../command-context.ts'
import { directoryOf } from '../directory-of.ts'
import { streamArray } from '../terminal/stream-array.ts'
import { withEngine } from '../with-engine.ts'

function* views(rows: Iterable<AliasMapping>) {
  for (const row of rows) yield { old: row.user_name, new: row.current, id: row.id, job: row.job_id }
}

/** `rollcall user-ids mapping`: streams old and present user IDs, as CSV or as one JSON array. */
export function printMapping(context: CommandContext, flags: { readonly job?: number }): Promise<void> {
  return withEngine(context, async (engine) => {
    const directoryId = directoryOf(engine, context)
    if (flags.job !== undefined && engine.jobs.get(flags.job)?.directoryId !== directoryId)
      throw new Refusal(`There is no job ${flags.job} in this directory. See "rollcall jobs list".`)
    const rows = engine.conversions.mapping(directoryId, flags.job)
    if (context.json) return streamArray(context.stdout, views(rows))
    for (const line of mappingCsv(rows)) {
      await context.stdout.writeLine(line)
      if (context.stdout.isBroken()) return
    }
  })
}
