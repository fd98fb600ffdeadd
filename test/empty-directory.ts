import { forEachAtOnce } from './at-once.ts'
import type { Answer, Client } from './client.ts'

async function deleteAll(scim: Client, endpoint: '/Users' | '/Groups'): Promise<void> {
  const page = (): Promise<Answer> => scim.get(`${endpoint}?count=200&attributes=id`)
  for (let found = await page(); found.at('/totalResults') !== 0; found = await page()) {
    await forEachAtOnce(found.texts('/id'), async (id) => {
      const answer = await scim.delete(`${endpoint}/${id}`)
      if (answer.status !== 204) throw new Error(`${endpoint}/${id} was not deleted: ${answer.text}`)
    })
  }
}

/** Deletes every user and group that SCIM can see. */
export async function emptyDirectory(scim: Client): Promise<void> {
  await deleteAll(scim, '/Groups')
  await deleteAll(scim, '/Users')
}
