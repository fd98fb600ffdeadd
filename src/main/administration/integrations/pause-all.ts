import type { AdministrationScope } from '../administration-scope.ts'

/** The integrations that were paused together, by id: those that somebody paused one by one stay paused when the rest is resumed. */
const setting = 'paused_together'

function idsIn(text: string | undefined): ReadonlySet<number> {
  return new Set(text ? text.split(',').map(Number) : [])
}

/** Pauses every integration that is enabled and not paused yet; tells how many. */
export function pauseAll({ store, now }: AdministrationScope): { readonly changed: number } {
  const running = store.integrations.all().filter((each) => each.enabled === 1 && each.paused_at === null)
  for (const { id } of running) store.integrations.setPaused(id, now)
  const together = new Set([...idsIn(store.settings.get(setting)), ...running.map((each) => each.id)])
  store.settings.set(setting, [...together].join(','))
  return { changed: running.length }
}

/** Resumes those that were paused together and are paused still; with `isEvery` also those that were paused one by one. */
export function resumeAll(
  { store }: AdministrationScope,
  input: { readonly isEvery: boolean },
): { readonly changed: number } {
  const together = idsIn(store.settings.get(setting))
  const paused = store.integrations.all().filter((each) => each.paused_at !== null)
  const meant = paused.filter((each) => input.isEvery || together.has(each.id))
  for (const { id } of meant) store.integrations.setPaused(id, null)
  store.settings.set(setting, '')
  return { changed: meant.length }
}

/** For an integration that goes. */
export function forgetPausedTogether({ store }: AdministrationScope, id: number): void {
  const together = idsIn(store.settings.get(setting))
  if (together.has(id)) store.settings.set(setting, [...together].filter((each) => each !== id).join(','))
}

/** The ids of the integrations that were paused together. */
export function pausedTogether(text: string | undefined): ReadonlySet<number> {
  return idsIn(text)
}

export const pausedTogetherSetting = setting
