#!/usr/bin/env node
// Runs Okta's Runscope test (its JSON unchanged) against any SCIM base URL.
// usage: node run-okta-spec.mjs BASE TOKEN [--seed]
//   --seed creates one user first: the test wants an active user with a name and an e-mail address
import { readFileSync } from 'node:fs'

const [base, token] = process.argv.slice(2).filter((each) => !each.startsWith('--'))
if (!base || !token) {
  console.error('usage: run-okta-spec.mjs BASE TOKEN [--seed]')
  process.exit(2)
}
const root = base.replace(/\/$/, '')
const spec = JSON.parse(readFileSync(new URL('Okta-SCIM-20-SPEC-Test.json', import.meta.url), 'utf8'))

const letters = (n, from) => Array.from({ length: n }, () => from[Math.floor(Math.random() * from.length)]).join('')
const givenName = `Runscope${letters(3, '0123456789')}`
const familyName = `R${letters(8, 'abcdefghijklmnopqrstuvwxyz')}${letters(3, '0123456789')}`
const email = `${givenName}${familyName}@atko.com`

// What Okta's initial script sets.
const variables = new Map([
  ['SCIMBaseURL', root],
  ['auth', `Bearer ${token}`],
  ['randomGivenName', givenName],
  ['randomFamilyName', familyName],
  ['randomEmail', email],
  ['randomUsername', email],
  ['randomUsernameCaps', email.toUpperCase()],
  ['InvalidUserEmail', 'abcdefgh@atko.com'],
  ['UserIdThatDoesNotExist', '010101001010101011001010101011'],
])
const fillIn = (text) => String(text).replaceAll(/\{\{(\w+)\}\}/g, (whole, name) => variables.get(name) ?? whole)

/** Reads a property like `Resources[0].name.familyName`. */
function property(value, path) {
  const steps = path ? (path.match(/[^.[\]]+/g) ?? []) : []
  return steps.reduce((found, step) => found?.[step], value)
}

const isEmpty = (value) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

function hasValue(value, wanted) {
  if (wanted === null || wanted === undefined) return !isEmpty(value)
  return typeof value === 'object' && value !== null
    ? Object.values(value).map(String).includes(wanted)
    : String(value) === wanted
}

/** Runscope's comparisons, as far as the test uses them. */
const comparisons = {
  equal: (value, wanted) => String(value) === wanted,
  equal_number: (value, wanted) => Number(value) === Number(wanted),
  not_empty: (value) => !isEmpty(value),
  empty: isEmpty,
  has_value: hasValue,
  is_a_number: (value) => !isEmpty(value) && !Number.isNaN(Number(value)),
  contains: (value, wanted) => String(value).includes(wanted),
  is_less_than: (value, wanted) => Number(value) < Number(wanted),
}

async function send(step) {
  const headers = Object.fromEntries(
    Object.entries(step.headers ?? {}).map(([name, value]) => [name, fillIn([value].flat()[0])]),
  )
  const hasBody = step.method !== 'GET' && step.body !== null && step.body !== undefined && step.body !== ''
  const url = encodeURI(fillIn(step.url)).replaceAll('%2522', '%22')
  const start = Date.now()
  const response = await fetch(url, { method: step.method, headers, ...(hasBody ? { body: fillIn(step.body) } : {}) })
  const text = await response.text()
  return { response, text, elapsed: Date.now() - start }
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // an assertion about the body says so
  }
}

/** The assertions of one step with their outcomes. */
function assess(step, { response, text, elapsed }, json) {
  const sources = {
    response_status: () => response.status,
    response_time: () => elapsed,
    response_json: (path) => property(json, path),
    response_headers: (path) => response.headers.get(path),
  }
  const outcomes = (step.assertions ?? []).map((each) => {
    const value = sources[each.source] === undefined ? text : sources[each.source](each.property)
    const wanted = each.value === null || each.value === undefined ? each.value : fillIn(each.value)
    const says = `${each.source} ${each.property ?? ''} ${each.comparison} ${wanted ?? ''}: ${JSON.stringify(value)?.slice(0, 120)}`
    return { ok: comparisons[each.comparison]?.(value, wanted) ?? false, says }
  })
  // The only script of the test that asserts anything.
  for (const script of step.scripts ?? [])
    if (script.includes('Resources is of type Array') && json !== undefined)
      outcomes.push({
        ok: json.totalResults === 0 || Array.isArray(json.Resources),
        says: 'Resources is of type Array',
      })
  return outcomes
}

if (process.argv.includes('--seed'))
  await fetch(`${root}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'seed@atko.com',
      name: { givenName: 'Seed', familyName: 'User' },
      emails: [{ primary: true, value: 'seed@atko.com', type: 'work' }],
      active: true,
    }),
  })

let passed = 0
let failed = 0
for (const step of spec.steps.filter((each) => each.step_type === 'request')) {
  const answer = await send(step)
  const json = parse(answer.text)
  const outcomes = assess(step, answer, json)
  const wrong = outcomes.filter((each) => !each.ok)
  passed += outcomes.length - wrong.length
  failed += wrong.length
  for (const each of step.variables ?? []) {
    const value = each.name && each.source === 'response_json' ? property(json, each.property) : undefined
    if (value !== undefined) variables.set(each.name, value)
  }
  console.log(`${wrong.length === 0 ? 'PASS' : 'FAIL'} ${step.method} ${fillIn(step.url)} [${step.note?.trim()}]`)
  for (const { says } of wrong) console.log(`     ${says}`)
}
console.log(`\n${spec.name}: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
