import type { Engine } from '../../main/engine.ts'
import type { CommandContext } from '../command-context.ts'
import { hasDisplay, openBrowser } from './browser.ts'
import { goesIntoTheJournal } from './into-the-journal.ts'
import type { Served } from './start-served.ts'

/** Says where what is served can be reached; where no window could be opened, it opens the browser. */
export async function tellListening(
  context: CommandContext,
  engine: Engine,
  { served, whyNoWindow }: { readonly served: Served; readonly whyNoWindow: string | undefined },
): Promise<void> {
  // What opens the console is for a terminal, or a program that reads it.
  const { url } = served.console ?? {}
  const isKept = goesIntoTheJournal(process.stdout.fd, process.env)
  const link = isKept ? url : await served.console?.link()
  const hint = isKept ? 'opened by what "rollcall console url" prints' : 'opens once; another: rollcall console url'
  if (context.json) context.print({ event: 'listening', scim: served.scim, console: link ?? null })
  else {
    const vault = await engine.vault()
    context.say(`SCIM endpoint  ${served.scim}`)
    if (link !== undefined) context.say(`Console        ${link} (${hint})`)
    context.say(`Data directory ${context.dataDir}`)
    context.say(`Secrets        ${vault.kind}: ${vault.why}`)
    if (engine.reads.integrations.all().length === 0 && link === undefined)
      context.say('Create an integration: rollcall integrations create --name "Entra ID" --idp entra')
    context.say('Ctrl+C stops it.')
  }
  if (whyNoWindow !== undefined) {
    const { env, platform } = process
    if (context.json) context.warn(whyNoWindow)
    else context.say(whyNoWindow)
    // All users of a machine see what its programs are started with, so that the browser gets a key of its own.
    if (served.console && hasDisplay(env, platform)) openBrowser(await served.console.link('own'), platform)
  }
}
