import { machineSchema, machineVariable } from './machine.ts'

/** What `launch.ts` has told this process. */
export const standInSettings = machineSchema.parse(JSON.parse(process.env[machineVariable] ?? '{}'))
