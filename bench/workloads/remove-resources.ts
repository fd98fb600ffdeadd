import { forEachOnConnections } from '../load/for-each-on-connections.ts'
import { deleteRequest, type Target } from '../load/scim-request.ts'
import type { Recorder } from '../load/window.ts'

const CONNECTIONS = 8

/** Deletes what a window has created, so that every window meets a directory of the same size. */
export async function removeResources(target: Target, paths: readonly string[], recorder: Recorder): Promise<void> {
  await forEachOnConnections(target, CONNECTIONS, paths, async (connection, path) => {
    const { status } = await connection.exchange(deleteRequest(target, path))
    if (status !== 204) recorder.wrong(`DELETE answered ${status}`)
  })
}
