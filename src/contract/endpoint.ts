import { z } from 'zod'
import { moment } from './moment.ts'
import { procedure } from './procedure.ts'
import { endpointStatus } from './system.ts'

/** `start`: given when the server was started, as by `--port`, which goes before what is set. */
export const origin = z.enum(['start', 'setting', 'default'])

function chosen<Value extends z.ZodType>(value: Value) {
  return z.object({ value, origin })
}

export const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** The names and addresses it is for. */
  names: z.array(z.string()),
  validFrom: moment,
  validTo: moment,
  fingerprint: z.string(),
  isSelfSigned: z.boolean(),
})

const tlsFiles = z.object({ cert: z.string(), key: z.string() })

export const endpointConfiguration = z.object({
  host: chosen(z.string()),
  port: chosen(z.int()),
  publicUrl: chosen(z.string().nullable()),
  /** Of each integration that has no limit of its own; 0 is unlimited. */
  requestsPerSecond: chosen(z.int()),
  /** How large the body of a request may be. */
  bodyMebibytes: chosen(z.int()),
  /** What that can be set to at most. */
  mostBodyMebibytes: z.int(),
  /** Where certificate and key are; null without TLS, or where they were not given as files. */
  tls: chosen(tlsFiles.nullable()),
  /** Why these files cannot be used, or identity providers would refuse their certificate now; null when all is well. */
  tlsProblem: z.string().nullable(),
  /** What it is served with at present; null before it was first started. */
  inForce: z.object({ host: z.string(), port: z.int(), isTls: z.boolean() }).nullable(),
  /** The certificate in use. */
  certificate: certificate.nullable(),
  /** What was set is other than what is in force: it takes effect when the endpoint is restarted. */
  needsRestart: z.boolean(),
})

export const reachStep = z.object({
  step: z.enum(['address', 'name', 'connection', 'certificate', 'answer']),
  state: z.enum(['ok', 'remark', 'failed']),
  sentence: z.string(),
})

/** How a test of the public URL went. */
export const reachReport = z.object({
  url: z.string().nullable(),
  at: moment,
  tookMs: z.number(),
  steps: z.array(reachStep),
  /** Why it does not lead here; null when it does. */
  failure: z.string().nullable(),
  nextStep: z.string().nullable(),
})

/** How many integrations are paused. */
export const pauses = z.object({
  /** Those that are not disabled. */
  enabled: z.int(),
  paused: z.int(),
  /** Of those, the ones that were paused together. */
  together: z.int(),
  /** When the newest of them was paused. */
  since: moment.nullable(),
})

const path = z.string().trim().min(1, 'TLS needs both files: name the certificate chain and the private key.').max(1000)

export const endpoint = {
  configuration: procedure.output(endpointConfiguration),
  /** Sets what is named; null is the default. Files of a certificate are looked at first. */
  configure: procedure
    .input(
      z.object({
        host: z.string().trim().min(1).max(255).nullable().optional(),
        port: z
          .int('A port is a whole number.')
          .min(1, 'A port is a number from 1 to 65535.')
          .max(65_535, 'A port is a number from 1 to 65535.')
          .nullable()
          .optional(),
        publicUrl: z.string().trim().max(1000, 'A public URL has at most 1,000 characters.').nullable().optional(),
        requestsPerSecond: z.int().min(0).max(100_000).nullable().optional(),
        bodyMebibytes: z.int().min(1).max(1000).nullable().optional(),
        tls: z.object({ cert: path, key: path }).nullable().optional(),
      }),
    )
    .output(endpointConfiguration),
  /** Answers the requests under way, then listens as is set by now; where that cannot be, as before. */
  restart: procedure.output(endpointStatus),
  /** Reads the certificate's files again. */
  renewCertificate: procedure.output(z.object({ outcome: z.enum(['renewed', 'unchanged']) })),
  /** Goes to the public URL and looks whether it leads here; takes half a minute at most. */
  testReach: procedure.output(reachReport),
  /** The last such test; null before the first since the server was started. */
  lastReach: procedure.output(reachReport.nullable()),
  pauses: procedure.output(pauses),
  /** Pauses every integration that is enabled: the identity providers are asked to come back later. */
  pauseAll: procedure.output(pauses),
  /** Resumes those that were paused together; `isEvery` also those that were paused one by one. */
  resumeAll: procedure.input(z.object({ isEvery: z.boolean().default(false) })).output(pauses),
}

export type EndpointConfiguration = z.infer<typeof endpointConfiguration>
export type Certificate = z.infer<typeof certificate>
export type ReachReport = z.infer<typeof reachReport>
export type ReachStep = z.infer<typeof reachStep>
export type Pauses = z.infer<typeof pauses>
