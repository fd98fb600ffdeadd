import type { AlertRow } from '../store/notify/alerts.ts'
import type { Condition } from './condition.ts'
import type { Notification } from './notification.ts'
import { ruleIds } from './rule.ts'

/** What follows from what is wrong now and what had been raised before. */
export type AlertChange =
  | { readonly kind: 'raise'; readonly alert: AlertRow; readonly notification: Notification }
  /** Without a notification it is merely forgotten: nobody looks at it any more. */
  | {
      readonly kind: 'end'
      readonly rule: string
      readonly subject: string
      readonly notification: Notification | undefined
    }

/** The name of the notification that raised an alert, or told last that it has got worse. */
function raisedKey({ rule, subject, level, raised_at, told_at }: Omit<AlertRow, 'summary'>): string {
  return `${rule}:${subject}:${level}:${told_at ?? raised_at}`
}

/** The raising of a condition, and what is told of it. */
export function raising(condition: Condition, now: number): Extract<AlertChange, { kind: 'raise' }> {
  const { rule, subject, level, title, lines, facts, integration, over } = condition
  const alert = { rule, subject, level, raised_at: now, told_at: null, summary: over }
  return {
    kind: 'raise',
    alert,
    notification: {
      key: raisedKey(alert),
      rule,
      phase: 'raised',
      at: now,
      ...(integration === undefined ? {} : { integration }),
      title,
      lines,
      facts,
    },
  }
}

/** The end of an alert, and what is told of it; `integration` is the one that it was about. */
export function ending(
  alert: AlertRow,
  rule: Notification['rule'],
  integration: Notification['integration'],
  now: number,
): Extract<AlertChange, { kind: 'end' }> {
  return {
    kind: 'end',
    rule,
    subject: alert.subject,
    notification: {
      key: `${raisedKey(alert)}:over`,
      rule,
      phase: 'recovered',
      at: now,
      ...(integration === undefined ? {} : { integration }),
      title: alert.summary,
      lines: [`It had been so since ${new Date(alert.raised_at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`],
      facts: { raisedAt: new Date(alert.raised_at).toISOString(), raisedId: raisedKey(alert) },
    },
  }
}

/**
 * Compares what is wrong now with what had been raised. `standing` are the alerts of the rules that were looked at; an alert about which
 * nothing is known at present (`isUnknown`), such as one of an integration that the admin has paused, is forgotten. `integrationOf` names whom an
 * alert is about.
 */
export function reconcile(
  standing: readonly AlertRow[],
  conditions: readonly Condition[],
  isUnknown: (alert: AlertRow) => boolean,
  integrationOf: (alert: AlertRow) => Notification['integration'],
  now: number,
): readonly AlertChange[] {
  const changes: AlertChange[] = []
  const keyOf = ({ rule, subject }: { readonly rule: string; readonly subject: string }) => `${rule}\n${subject}`
  const known = new Map(standing.map((alert) => [keyOf(alert), alert]))
  for (const condition of conditions) {
    const alert = known.get(keyOf(condition))
    if (alert?.level !== condition.level) changes.push(raising(condition, now))
  }
  const wrong = new Map(conditions.map((condition) => [keyOf(condition), condition]))
  for (const alert of standing) {
    if (wrong.has(keyOf(alert))) continue
    if (isUnknown(alert))
      changes.push({ kind: 'end', rule: alert.rule, subject: alert.subject, notification: undefined })
    else {
      const rule = ruleIds.find((id) => id === alert.rule)
      if (rule !== undefined) changes.push(ending(alert, rule, integrationOf(alert), now))
    }
  }
  return changes
}
