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
