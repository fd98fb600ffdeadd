import { costOf } from './cost-of.ts'
import type { Goal } from './goal.ts'

export const trackingCost: Goal = {
  id: 'G13',
  subject: 'telling cycles from traffic (W1 to W4), 32 connections, the journal on in both cases',
  target: '≤ 5 % of throughput',
  measure: (lab) => costOf(lab, 'tracking', { bound: 'at most', value: 5, unit: 'percent' }),
}
