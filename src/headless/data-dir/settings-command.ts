import type { Command } from 'commander'
import { knownSettings, type KnownSetting } from '../../main/known-settings.ts'
import type { CommandContext, ContextOf } from '../command-context.ts'
import { tableLines } from '../terminal/table.ts'
import { UsageError } from '../usage-error.ts'
import { withEngine } from '../with-engine.ts'

/** As the admin would write it. */
function shown(setting: KnownSetting, value: string): string {
  return setting.show?.(value) ?? value
}

function list(context: CommandContext): Promise<void> {
  return withEngine(context, (engine) => {
    const values = knownSettings.map((each) => [each, engine.reads.settings.get(each.key) || null] as const)
    if (context.json) return context.print(Object.fromEntries(values.map(([{ name }, value]) => [name, value])))
    const rows = values.map(([each, value]) => [each.name, value === null ? '-' : shown(each, value), each.description])
    for (const line of tableLines(['SETTING', 'VALUE', 'MEANING'], rows)) context.say(line)
  })
}

function set(context: CommandContext, name: string, text: string): Promise<void> {
  const setting = knownSettings.find((each) => each.name === name)
  if (!setting)
    throw new UsageError(
      `There is no setting "${name}". Known are: ${knownSettings.map((each) => each.name).join(', ')}.`,
    )
  const parsed = text === '' ? { ok: true as const, value: '' } : setting.parse(text)
  if (!parsed.ok) throw new UsageError(parsed.problem)
  return withEngine(context, async (engine) => {
    await engine.administer('set-setting', { name: setting.key, value: parsed.value })
    const caution = parsed.value === '' ? undefined : setting.caution?.(parsed.value, context.now())
    if (caution !== undefined) context.warn(`${caution} It is set all the same.`)
    if (context.json) return context.print({ [name]: parsed.value || null })
    context.say(
      parsed.value === '' ? `${name} has its default again.` : `${name} is now ${shown(setting, parsed.value)}.`,
    )
  })
}

export function addSettingsCommand(program: Command, contextOf: ContextOf): void {
  const settings = program.command('settings').description('What holds for the whole data directory')
  settings
    .command('list')
    .description('Show the settings (--json: one object)')
    .addHelpText('after', '\nExample:\n  rollcall settings list')
    .action((_flags: unknown, command: Command) => list(contextOf(command)))
  settings
    .command('set')
    .description('Change a setting; a running server takes it over within a second')
    .argument('<name>', knownSettings.map((each) => each.name).join(', '))
    .argument('<value>', 'an empty text is the default')
    .addHelpText('after', '\nExample:\n  rollcall settings set journal-redact name.familyName,phoneNumbers.value')
    .action((name: string, value: string, _flags: unknown, command: Command) => set(contextOf(command), name, value))
}
