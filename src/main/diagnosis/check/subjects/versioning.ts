import { verdictOf, type CheckGroup } from '../check.ts'
import { has, hasStatus, holds } from '../expectations.ts'

export const versioning: CheckGroup = {
  subject: 'Versions',
  needs: ['etag'],
  checks: [
    {
      id: 'etag',
      title: 'A user carries its version, in ETag and in meta.version',
      basis: 'RFC 7644 §3.14',
      weight: 'must',
      async run(lab) {
        const answer = await lab.get((await lab.user()).path)
        const version = answer.headers['etag']
        return verdictOf(
          holds(version !== undefined, 'an ETag header', 'none'),
          has(answer, ['meta', 'version'], version ?? ''),
        )
      },
    },
    {
      id: 'not-modified',
      title: 'A version that is known already is answered with 304',
      basis: 'RFC 7644 §3.14',
      weight: 'should',
      async run(lab) {
        const { path } = await lab.user()
        const version = (await lab.get(path)).headers['etag'] ?? ''
        return verdictOf(hasStatus(await lab.get(path, { 'If-None-Match': version }), 304))
      },
    },
    {
      id: 'stale-version',
      title: 'A change on top of an outdated version is refused with 412',
      basis: 'RFC 7644 §3.14',
      weight: 'must',
      async run(lab) {
        const { path, id, userName } = await lab.user()
        const version = (await lab.get(path)).headers['etag'] ?? ''
        await lab.put(path, { ...lab.userBody(userName, { title: 'First' }), id })
        const late = await lab.put(path, { ...lab.userBody(userName, { title: 'Late' }), id }, { 'If-Match': version })
        return verdictOf(hasStatus(late, 412), has(await lab.get(path), ['title'], 'First'))
      },
    },
  ],
}
