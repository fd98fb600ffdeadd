// SCIMMY behind Express with the tuning that its hooks allow: an index by userName for `userName eq`, and paging pushed down
// to the store. Everything lives in memory, nothing is durable. argv: how many people to hold from the start.
import { randomUUID } from 'node:crypto'
import express from 'express'
import { Resources, Schemas, Types } from 'scimmy'
import { SCIMMYRouters } from 'scimmy-routers'
import { entraUser } from '../load/entra-user.ts'

const TOKEN = 'bench-token'
const ScimError = Types.Error
const users = new Map()
const groups = new Map()
const idByUserName = new Map()

function found(rows, id) {
  const row = rows.get(id)
  if (!row) throw new ScimError(404, null, `Resource ${id} not found`)
  return row
}

function stored(rows, resource, data) {
  const old = resource.id ? found(rows, resource.id) : undefined
  const now = new Date()
  const meta = { created: old?.meta.created ?? now, lastModified: now }
  const row = { ...JSON.parse(JSON.stringify(data)), id: resource.id ?? randomUUID(), meta }
  rows.set(row.id, row)
  return row
}

/** The name in a filter that is nothing but `userName eq "…"`. */
function userNameAskedFor(filter) {
  const [clause, ...others] = filter
  const [[name, [operator, value]] = ['', []], ...more] = Object.entries(clause ?? {})
  const isLookup = others.length === 0 && more.length === 0 && name.toLowerCase() === 'username' && operator === 'eq'
  return isLookup ? String(value).toLowerCase() : undefined
}

function page(rows, constraints) {
  const { startIndex = 1, count = 20 } = constraints
  const rowsOfPage = []
  let index = 0
  for (const row of rows.values()) {
    if (rowsOfPage.length >= count) break
    if (++index >= startIndex) rowsOfPage.push(row)
  }
  constraints.totalResults = rows.size
  return rowsOfPage
}

function list(rows, resource) {
  if (resource.id) return found(rows, resource.id)
  const { filter, constraints } = resource
  const userName = filter && rows === users ? userNameAskedFor(filter) : undefined
  if (userName !== undefined) {
    const id = idByUserName.get(userName)
    return id ? [users.get(id)] : []
  }
  if (!filter && constraints && !constraints.sortBy) return page(rows, constraints)
  const all = [...rows.values()]
  return filter ? filter.match(all) : all
}

Resources.declare(Resources.User.extend(Schemas.EnterpriseUser))
  .ingress((resource, data) => {
    const userName = data.userName.toLowerCase()
    const holder = idByUserName.get(userName)
    if (holder && holder !== resource.id) throw new ScimError(409, 'uniqueness', 'userName is already in use')
    const before = resource.id ? found(users, resource.id).userName.toLowerCase() : undefined
    if (before !== undefined) idByUserName.delete(before)
    const row = stored(users, resource, data)
    idByUserName.set(userName, row.id)
    return row
  })
  .egress((resource) => list(users, resource))
  .degress((resource) => {
    idByUserName.delete(found(users, resource.id).userName.toLowerCase())
    users.delete(resource.id)
  })

Resources.declare(Resources.Group)
  .ingress((resource, data) => stored(groups, resource, data))
  .egress((resource) => list(groups, resource))
  .degress((resource) => {
    found(groups, resource.id)
    groups.delete(resource.id)
  })

const seeded = Number(process.argv[2] ?? 0)
for (let number = 1; number <= seeded; number++) {
  const now = new Date()
  const user = { ...entraUser('seed', number), id: randomUUID(), meta: { created: now, lastModified: now } }
  users.set(user.id, user)
  idByUserName.set(user.userName.toLowerCase(), user.id)
}

const application = express()
application.disable('x-powered-by')
// Express 5 makes `query` a getter, behind which the router's change of it, and with it all paging, would be lost.
application.use((request, _response, next) => {
  Object.defineProperty(request, 'query', { value: request.query, writable: true, configurable: true })
  next()
})
application.use(
  '/scim',
  new SCIMMYRouters({
    type: 'bearer',
    handler: (request) => {
      if (request.header('Authorization') !== `Bearer ${TOKEN}`) throw new Error('not authorised')
      return 'bench'
    },
  }),
)
const server = application.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ event: 'listening', port: server.address().port }))
})
