import { randomInt } from 'node:crypto'
import { Argument, InvalidArgumentError, type Command } from 'commander'
import { idps } from '../../idp/catalogue.ts'
import { simulatedIdpIds, type SimulatedIdpId } from '../../idp/simulated/simulated-idps.ts'
import {
  mostSimulatedGroups,
  mostSimulatedUsers,
  simulationSeeds,
  usualSimulatedGroups,
  usualSimulatedUsers,
} from '../../main/diagnosis/simulation/simulation-limits.ts'
import { amount } from '../../main/text/amount.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { addEndpointOptions, endpointToken, tokenHelp, type EndpointFlags } from './endpoint-options.ts'
import { ReportedFailure } from '../failure.ts'
import { interruptible } from '../interruptible.ts'
import { parseCount } from '../option-values.ts'
import { printable } from '../terminal/printable.ts'
import { withProgress } from '../terminal/progress.ts'
import { simulationJson, simulationLines } from './simulation-report.ts'

interface SimulateFlags extends EndpointFlags {
  readonly users: number
  readonly groups: number
  readonly seed?: number
  readonly keep?: boolean
}

function parseUsers(text: string): number {
  const users = parseCount(text)
  if (users > mostSimulatedUsers) throw new InvalidArgumentError(`At most ${mostSimulatedUsers}.`)
  return users
}

/** A whole number from 0 to below the limit. */
function parseBelow(limit: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d{1,9}$/.test(text) || value >= limit)
      throw new InvalidArgumentError(`That is a whole number from 0 to ${limit - 1}.`)
    return value
  }
}

async function simulate(context: CommandContext, idp: SimulatedIdpId, flags: SimulateFlags): Promise<void> {
  const token = await endpointToken(context, flags)
  const seed = flags.seed ?? randomInt(1, simulationSeeds)
  const { url, users, groups, keep = false } = flags
  if (!context.json)
    context.say(
      `Playing ${idps[idp].displayName} against ${url}: ${amount(users, 'user')}, ${amount(groups, 'group')}, seed ${seed}.`,
    )
  const { runSimulation } = await import('../../main/diagnosis/runners.ts')
  const report = await interruptible((signal) =>
    withProgress(context, (update) =>
      runSimulation({
        idp,
        url,
        token,
        users,
        groups,
        seed,
        keep,
        signal,
        progress: ({ phase, requests, troubles }) =>
          update(printable(`${phase}: ${amount(requests, 'request')}, ${amount(troubles, 'failure')}`)),
      }),
    ),
  )
  if (context.json) context.print(simulationJson({ idp, url, users, groups, seed }, report))
  else await context.stdout.write(`${simulationLines(report).join('\n')}\n`)
  if (report.outcome !== 'passed') throw new ReportedFailure('The endpoint does not do all that is needed.')
}

export function addSimulateCommand(program: Command, contextOf: ContextOf): void {
  const command = program
    .command('simulate')
    .description('Play an identity provider against any SCIM endpoint, and say what it would stumble over')
    .addArgument(new Argument('<idp>', 'who is played').choices(simulatedIdpIds))
  addEndpointOptions(command)
    .option('--users <number>', 'how many people', parseUsers, usualSimulatedUsers)
    .option('--groups <number>', 'how many groups', parseBelow(mostSimulatedGroups + 1), usualSimulatedGroups)
    .option(
      '--seed <number>',
      'the same seed gives the same people and requests. Default: a new one',
      parseBelow(simulationSeeds),
    )
    .option('--keep', 'leave what was made at the endpoint, and deprovision nobody')
    .addHelpText(
      'after',
      `
Goes through the connection test, the first cycle, a cycle with changes, and deprovisioning, with requests as the identity provider
sends them. Everybody is called sim-SEED-…@example.com. Only what was made here is changed, and all of it is removed in the end, also
after Ctrl+C; what could not be removed is named. The exit status is 1 when something is not as the identity provider needs it.

${tokenHelp}

Example:
  rollcall simulate entra --url https://scim.example.com/scim/v2 --token - < token.txt
  rollcall simulate okta --url https://scim.example.com/scim/v2 --users 1000 --groups 20 --seed 7`,
    )
    .action((idp: SimulatedIdpId, flags: SimulateFlags, from: Command) => simulate(contextOf(from), idp, flags))
}
