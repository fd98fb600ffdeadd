import { existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GOALS } from './goals/goals.ts'
import type { Goal } from './goals/goal.ts'
import { createLab, type Lab } from './lab.ts'
import { createNewcomers } from './load/newcomers.ts'
import { parseOptions, USAGE, type Options } from './options.ts'
import { describeMachine } from './report/machine.ts'
import { verdictOf, type Outcome } from './report/outcome.ts'
import { reportData } from './report/report-data.ts'
import { reportText } from './report/report.ts'
import { killRunningServers } from './servers/announced-server.ts'
import { createRollcall } from './servers/rollcall.ts'

/** Exit status: 0 when every goal was measured with right answers (met or not), 1 when not, 2 for wrong usage. */
export async function runBenchmarks(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = parseOptions(args, dirname(dirname(fileURLToPath(import.meta.url))))
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`)
    return 2
  }
  const { scale, cache, binFile, jsonFile } = options
  if (!existsSync(binFile)) {
    console.error(`${binFile} is not there. Build Rollcall first with "npm run build".`)
    return 2
  }
  const machine = describeMachine()
  const lab = createLab({ scale, cache, rollcall: createRollcall(binFile), newcomers: createNewcomers(Date.now()) })
  // Also after Ctrl-C: no server and no copy of a directory stays behind.
  process.once('exit', () => {
    killRunningServers()
    lab.close()
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

  const outcomes: Outcome[] = []
  for (const goal of GOALS.filter(({ id }) => options.only.includes(id))) outcomes.push(await measureGoal(goal, lab))
  console.log(reportText(machine, scale, outcomes))
  if (jsonFile !== undefined)
    writeFileSync(jsonFile, `${JSON.stringify(reportData(machine, scale, outcomes), null, 2)}\n`)
  return outcomes.every((outcome) => ['met', 'not met'].includes(verdictOf(outcome))) ? 0 : 1
}

async function measureGoal(goal: Goal, lab: Lab): Promise<Outcome> {
  console.error(`${goal.id} ${goal.subject}`)
  try {
    return { kind: 'measured', goal, finding: await goal.measure(lab) }
  } catch (error) {
    killRunningServers() // what a failed goal has left running would disturb the next
    return { kind: 'not measured', goal, reason: messageOf(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
