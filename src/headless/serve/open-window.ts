import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultDataDir } from '../../main/data-dir/default-data-dir.ts'
import { launchArguments, type LaunchOptions } from '../../main/launch-options.ts'
import type { CommandContext } from '../command-context.ts'
import { findDesktopProgram } from './desktop-program.ts'
import { runDesktopProgram, type DesktopEnd } from './run-desktop-program.ts'

type WindowFlags = Partial<Pick<LaunchOptions, 'host' | 'port' | 'publicUrl'>>

/** What only the console in the browser has. */
const browserOptions = ['console', 'consoleHost', 'consolePort', 'consoleUrl', 'tlsCert', 'tlsKey', 'rateLimit', 'json']

function isGiven(command: Command, name: string): boolean {
  return command.getOptionValueSource(name) === 'cli'
}

/** Opens the desktop app and waits for its end, or says why it cannot be opened. */
export function openWindow(context: CommandContext, flags: WindowFlags, command: Command): Promise<DesktopEnd> {
  const { env, platform } = process
  const root = join(context.rendererDir, '../..')
  const foreign = browserOptions.find((name) => isGiven(command, name))
  const found = findDesktopProgram({
    env,
    platform,
    uid: process.getuid?.(),
    root,
    foreignOption: command.options.find((option) => option.attributeName() === foreign)?.long ?? undefined,
  })
  if (found.kind === 'none') return Promise.resolve({ kind: 'unable', why: found.why })
  const launch: LaunchOptions = {
    dataDir: context.dataDir,
    vault: context.vault,
    host: isGiven(command, 'host') ? flags.host : undefined,
    port: isGiven(command, 'port') ? flags.port : undefined,
    publicUrl: flags.publicUrl,
    isHidden: false,
  }
  return runDesktopProgram(found.path, [root, ...launchArguments(launch, defaultDataDir(env, platform))])
}
