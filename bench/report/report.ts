import { decidingPart, isMet, type Limit, type Part } from '../goals/goal.ts'
import type { Scale } from '../scale.ts'
import { machineLine, type Machine } from './machine.ts'
import { verdictOf, type Outcome } from './outcome.ts'

const HEAD = ['goal', 'verdict', 'figure', 'target', 'what is measured']

/** The run as text: a line a goal, then every part with its absolute figures. */
export function reportText(machine: Machine, scale: Scale, outcomes: readonly Outcome[]): string {
  const rows = [HEAD, ...outcomes.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    machineLine(machine),
    scaleLine(scale),
    '',
    ...table,
    '',
    'Each figure, with the absolute ones it was made from (for scale: they belong to this machine):',
    ...outcomes.flatMap(detailsOf),
    '',
    'G4 compares with SCIMMY. scimgateway is not part of the run: it is a gateway program of its own and not a library that could be started here.',
  ].join('\n')
}

function scaleLine(scale: Scale): string {
  const { small, large, huge, rounds, seconds, indicative } = scale
  const sizes = [small, large, huge].map((users) => users.toLocaleString('en')).join(' / ')
  const note = indicative ? '; indicative only, the goals are stated for 1,000 / 100,000 / 1,000,000' : ''
  return `directories of ${sizes} users, ${rounds} rounds, windows of ${seconds} s${note}`
}

function rowOf(outcome: Outcome): readonly string[] {
  const { goal } = outcome
  const part = outcome.kind === 'measured' ? decidingPart(outcome.finding) : undefined
  return [goal.id, verdictOf(outcome), part ? figureText(part.value, part.limit) : '-', goal.target, goal.subject]
}

function detailsOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'not measured') return [`  ${outcome.goal.id}  not measured: ${outcome.reason}`]
  const { parts, wrong } = outcome.finding
  return [
    ...parts.map((part) => `  ${outcome.goal.id}  ${partText(part)}`),
    ...wrong.map((what) => `  ${outcome.goal.id}  wrong answer: ${what}`),
  ]
}

function partText(part: Part): string {
  const mark = isMet(part) ? '' : '  NOT MET'
  return `${part.label}: ${figureText(part.value, part.limit)} (${part.scale})${mark}`
}

function figureText(value: number, { unit }: Limit): string {
  switch (unit) {
    case 'times':
      return `${value.toFixed(2)} ×`
    case 'percent':
      return `${value.toFixed(1)} %`
    case 'megabytes':
      return `${value.toFixed(0)} MB`
    case 'milliseconds':
      return `${value.toFixed(0)} ms`
    case 'seconds':
      return `${value.toFixed(2)} s`
    default:
      return unreachable(unit)
  }
}

function unreachable(unit: never): never {
  throw new Error(`unknown unit ${String(unit)}`)
}
