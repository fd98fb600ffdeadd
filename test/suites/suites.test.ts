import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyDirectory } from '../empty-directory.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

interface Score {
  readonly passed: number
  readonly failed: number
  /** Everything that the suite printed, so that a failure shows what it was about. */
  readonly output: string
}

/** Runs a published suite and reads the score from its last line. */
function run(script: string, ...flags: readonly string[]): Promise<Score> {
  const file = fileURLToPath(new URL(script, import.meta.url))
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, scim.base, scim.token, ...flags], { timeout: 55_000 }, (_, stdout, stderr) => {
      const score = /(\d+) passed, (\d+) failed/.exec(stdout)
      if (score === null) reject(new Error(`${script} printed no score: ${stdout}${stderr}`))
      else resolve({ passed: Number(score[1]), failed: Number(score[2]), output: stdout })
    })
  })
}

describe('the acceptance suites that vendors publish', () => {
  beforeEach(() => emptyDirectory(scim))

  test("Okta's SCIM 2.0 SPEC test passes whole", async () => {
    const score = await run('okta-spec/run-okta-spec.mjs', '--seed')
    expect(score).toMatchObject({ passed: 53, failed: 0 })
  })

  test("Microsoft's Postman collection passes but for the check that contradicts the RFC", async () => {
    const score = await run('microsoft-postman/run-microsoft.mjs')
    expect(score.passed + score.failed).toBe(107)
    expect(score).toSatisfy(({ passed }: Score) => passed >= 106)
  })

  test("Microsoft's SCIM Inbound collection passes whole", async () => {
    const score = await run('microsoft-postman/run-microsoft.mjs', '--inbound')
    expect(score).toMatchObject({ passed: 9, failed: 0 })
  })
})
