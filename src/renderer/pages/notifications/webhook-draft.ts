import type { Webhook } from '../../../contract/notifications.ts'

/** What a person has typed of a webhook. */
export interface WebhookDraft {
  readonly name: string
  readonly url: string
  /** None is all of them. */
  readonly rules: readonly string[]
  readonly isPrivate: boolean
  /** The host, named again where it may be a private one. */
  readonly host: string
}

export const emptyWebhook: WebhookDraft = { name: '', url: '', rules: [], isPrivate: false, host: '' }

export function draftOf({ name, url, rules, allowsPrivate }: Webhook): WebhookDraft {
  const host = allowsPrivate ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : ''
  return { name, url, rules: rules ?? [], isPrivate: allowsPrivate, host }
}

/** What of a webhook has been put in, and goes on top of what is so by then. */
export type WebhookChanges = Partial<WebhookDraft>

/** What of a draft is different from another one; a host is told together with its URL and whether it may be private. */
export function changesBetween(before: WebhookDraft, after: WebhookDraft): WebhookChanges {
  const { name, rules, url, isPrivate, host } = after
  const isElsewhere = url !== before.url || isPrivate !== before.isPrivate || host !== before.host
  return {
    ...(name === before.name ? {} : { name }),
    ...(JSON.stringify(rules) === JSON.stringify(before.rules) ? {} : { rules }),
    ...(isElsewhere ? { url, isPrivate, host } : {}),
  }
}

/** Changes as the engine takes them: what is not there stays as it is. */
export function changedContent({ name, rules, url, isPrivate, host }: WebhookChanges) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(rules === undefined ? {} : { rules: rules.length === 0 ? null : [...rules] }),
    ...(url === undefined ? {} : { url, allowedHost: isPrivate === true ? (host ?? '') : null }),
  }
}

/** A draft as the engine takes it. */
export function contentOf({ name, url, rules, isPrivate, host }: WebhookDraft) {
  return { name, url, rules: rules.length === 0 ? null : [...rules], allowedHost: isPrivate ? host : null }
}

/** Whether one of the fields says what is wrong. */
export function isAtField(problems: ReadonlyMap<string, string>): boolean {
  return ['name', 'url', 'rules', 'allowedHost'].some((field) => problems.has(field))
}

/** Whether it has what the engine can look at. */
export function isComplete({ name, url, isPrivate, host }: WebhookDraft): boolean {
  return name.trim() !== '' && url.trim() !== '' && !(isPrivate && host === '')
}
