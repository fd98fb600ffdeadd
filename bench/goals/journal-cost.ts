import { costOf } from './cost-of.ts'
import type { Goal } from './goal.ts'

export const journalCost: Goal = {
  id: 'G8',
  subject: "the journal's whole cost with bodies stored (W1 to W4), 32 connections",
  target: '≤ 25 % of throughput',
  measure: (lab) => costOf(lab, 'journal', { bound: 'at most', value: 25, unit: 'percent' }),
}
