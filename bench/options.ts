import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { GOAL_IDS, type GoalId } from './goals/goal.ts'
import { FULL_SCALE, QUICK_SCALE, type Scale } from './scale.ts'

export const USAGE = `npm run bench -- [--quick] [--only G1,G4] [--rounds N] [--seconds N] [--keep DIR] [--bin FILE] [--json FILE]
  --quick      smaller directories and fewer rounds: an indication in a few minutes
  --only       measure these goals only
  --rounds     rounds of interleaved windows (5; 2 with --quick)
  --seconds    length of a window (1; 0.5 with --quick)
  --keep       where seeded directories are kept, on the disk to be measured (default: the system's temporary folder)
  --bin        another build's bin/rollcall.mjs
  --json       write the figures to this file as well`

export interface Options {
  readonly scale: Scale
  readonly only: readonly GoalId[]
  readonly cache: string
  readonly binFile: string
  readonly jsonFile: string | undefined
}

/** Throws an Error with one clear line for arguments that make no sense. */
export function parseOptions(args: readonly string[], projectFolder: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      keep: { type: 'string' },
      bin: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const base = values.quick ? QUICK_SCALE : FULL_SCALE
  return {
    scale: {
      ...base,
      rounds: Math.ceil(positive('--rounds', values.rounds, base.rounds)),
      seconds: positive('--seconds', values.seconds, base.seconds),
    },
    only: values.only === undefined ? GOAL_IDS : values.only.split(',').map(goalId),
    cache: resolve(values.keep ?? join(tmpdir(), 'rollcall-bench')),
    binFile: resolve(values.bin ?? join(projectFolder, 'bin/rollcall.mjs')),
    jsonFile: values.json === undefined ? undefined : resolve(values.json),
  }
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`${name} must be a number above 0`)
  return value
}

function goalId(text: string): GoalId {
  const id = GOAL_IDS.find((known) => known === text.trim().toUpperCase())
  if (id === undefined) throw new Error(`--only knows ${GOAL_IDS.join(', ')}, not "${text}"`)
  return id
}
