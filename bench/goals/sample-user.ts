import { Connection } from '../load/connection.ts'
import { getRequest, type Target } from '../load/scim-request.ts'

/** The text of one user as the endpoint answers it: what the peers are given, so that they handle as many bytes. */
export async function sampleUser(target: Target, ids: readonly string[]): Promise<string> {
  const connection = new Connection(target)
  const { status, body } = await connection.exchange(getRequest(target, `/Users/${ids[0] ?? ''}`))
  const text = body.toString('utf8')
  connection.close()
  if (status !== 200) throw new Error(`reading a seeded user answered ${status}: ${text.slice(0, 300)}`)
  return text
}
