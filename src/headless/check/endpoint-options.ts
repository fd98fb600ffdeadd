import { InvalidArgumentError, type Command } from 'commander'
import { parseEndpointUrl, tokenProblem } from '../../main/diagnosis/endpoint-access.ts'
import { Secret } from '../../main/secret.ts'
import type { CommandContext } from '../command-context.ts'
import { readSecret } from '../terminal/read-secret.ts'
import { UsageError } from '../usage-error.ts'

/** Which endpoint a command drives. */
export interface EndpointFlags {
  readonly url: string
  readonly token?: string
}

const variable = 'ROLLCALL_TOKEN'

function parseScimUrl(text: string): string {
  const parsed = parseEndpointUrl(text)
  if (!parsed.ok) throw new InvalidArgumentError(parsed.problem)
  return parsed.value
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
  const problem = tokenProblem(token.reveal())
  if (problem !== undefined) throw new UsageError(problem)
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
