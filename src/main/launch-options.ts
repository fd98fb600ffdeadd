import { parseArgs } from 'node:util'
import { noHomeFolder } from './data-dir/default-data-dir.ts'
import { parsePublicUrl } from './public-url.ts'
import type { VaultKind } from './vault/vault.ts'

/** What the desktop app is told when it is started. */
export interface LaunchOptions {
  readonly dataDir: string
  readonly vault: VaultKind | undefined
  readonly host: string | undefined
  /** 0 picks a free one. */
  readonly port: number | undefined
  readonly publicUrl: string | undefined
  /** No window at first: started at login. */
  readonly isHidden: boolean
}

export type ParsedLaunch =
  | { readonly ok: true; readonly options: LaunchOptions }
  /** One line that says what is wrong. */
  | { readonly ok: false; readonly problem: string }

const known = {
  'data-dir': { type: 'string' },
  vault: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  'public-url': { type: 'string' },
  hidden: { type: 'boolean' },
} as const

function wrong(problem: string): ParsedLaunch {
  return { ok: false, problem }
}

/** Reads the arguments behind the program. What is not known belongs to Chromium (`--no-sandbox`) and is left to it. */
export function parseLaunchOptions(args: readonly string[], defaultDataDir: string | undefined): ParsedLaunch {
  const { values } = parseArgs({ args: [...args], options: known, strict: false })
  const text = (name: keyof typeof known): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  for (const [name, { type }] of Object.entries(known)) {
    const value = values[name]
    // An empty host would be every address of the machine, an empty folder the working directory.
    const isEmpty = value === true || (typeof value === 'string' && value.trim() === '')
    if (type === 'string' && isEmpty) return wrong(`--${name} needs a value.`)
  }

  const dataDir = text('data-dir') ?? defaultDataDir
  if (dataDir === undefined) return wrong(noHomeFolder)
  const vault = text('vault')
  if (vault !== undefined && vault !== 'keychain' && vault !== 'file') return wrong('--vault is keychain or file.')
  const port = text('port')
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
    return wrong('--port is a number from 0 to 65535.')
  const publicUrl = text('public-url')
  const reached = publicUrl === undefined ? undefined : parsePublicUrl(publicUrl)
  if (reached?.ok === false) return wrong(`--public-url: ${reached.problem}`)
  return {
    ok: true,
    options: {
      dataDir,
      vault,
      host: text('host'),
      port: port === undefined ? undefined : Number(port),
      publicUrl: reached?.value,
      isHidden: values.hidden === true,
    },
  }
}

/** The arguments that `parseLaunchOptions` reads these options from. */
export function launchArguments(options: LaunchOptions, defaultDataDir: string | undefined): readonly string[] {
  const { dataDir, vault, host, port, publicUrl, isHidden } = options
  return [
    ...(dataDir === defaultDataDir ? [] : ['--data-dir', dataDir]),
    ...(vault === undefined ? [] : ['--vault', vault]),
    ...(host === undefined ? [] : ['--host', host]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(publicUrl === undefined ? [] : ['--public-url', publicUrl]),
    ...(isHidden ? ['--hidden'] : []),
  ]
}
