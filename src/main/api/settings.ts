import type { Setting } from '../../contract/settings.ts'
import { Refusal } from '../administration/refusal.ts'
import type { Engine } from '../engine.ts'
import { knownSettings, type KnownSetting } from '../known-settings.ts'
import { api } from './api.ts'
import { NotFound } from './problems/not-found.ts'

function view({ reads }: Engine, { name, key, description }: KnownSetting): Setting {
  return { name, value: reads.settings.get(key) || null, description }
}

export const settings = {
  list: api.settings.list.handler(({ context }) => knownSettings.map((each) => view(context.parts.engine, each))),
  set: api.settings.set.handler(async ({ input, context: { parts } }) => {
    const setting = knownSettings.find((each) => each.name === input.name)
    if (!setting) throw new NotFound(`There is no setting "${input.name}".`)
    const text = input.value.trim()
    const parsed = text === '' ? { ok: true as const, value: '' } : setting.parse(text)
    if (!parsed.ok) throw new Refusal(parsed.problem)
    await parts.engine.administer('set-setting', { name: setting.key, value: parsed.value })
    return view(parts.engine, setting)
  }),
}
