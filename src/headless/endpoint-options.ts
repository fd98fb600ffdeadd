import { InvalidArgumentError, type Command } from 'commander'
import { Secret } from '../main/secret.ts'
import type { CommandContext } from './command-context.ts'
import { readSecret } from './read-secret.ts'
import { UsageError } from './usage-error.ts'

/** Which endpoint a command drives. */
export interface EndpointFlags {
  readonly url: string
  readonly token?: string
}

const variable = 'ROLLCALL_TOKEN'

/** The SCIM URL as it is pasted into an identity provider, without the slash at its end. */
function parseScimUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new InvalidArgumentError('A SCIM URL looks like https://scim.example.com/scim/v2.')
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('Leave user and password out of the URL: the token is given by --token.')
  if (url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError(
      `Leave "${url.search}${url.hash}" out. It is a setting of the identity provider; what it sends without it is sent here.`,
    )
  return url.href.replace(/\/+$/, '')
}

/** Adds `--url` and `--token`. */
export function addEndpointOptions(command: Command): Command {
  return command
    .requiredOption('--url <url>', 'the SCIM URL, as it is pasted into the identity provider', parseScimUrl)
    .option('--token <token>', `its bearer token; - reads it from standard input. Default: $${variable}`)
}

/** The paragraph of the help that both commands need. */
export const tokenHelp = `Every process of this machine can read a command line. Where others use it, give the token in the environment as
${variable}, or on standard input with --token -.`

function checked(token: Secret): Secret {
  const text = token.reveal()
  if (/^bearer\s/i.test(text)) throw new UsageError('Leave "Bearer " out of the token: it is added.')
  if (!/^[\u0021-\u007e]+$/.test(text))
    throw new UsageError('The token has a blank or a character that no header can carry: copy it again.')
  return token
}

/** The token that was given in one of the three ways, or typed. */
export async function endpointToken(context: CommandContext, { token }: EndpointFlags): Promise<Secret> {
  if (token !== undefined && token !== '-') return checked(new Secret(token))
  const read = await readSecret(context, {
    what: 'Token of the endpoint',
    variable,
    fromStdin: token === '-',
    option: '--token -',
    emptyMeans: 'gives up',
  })
  if (read === undefined) throw new UsageError(`No token: give it by --token, --token - or ${variable}.`)
  return checked(read)
}
