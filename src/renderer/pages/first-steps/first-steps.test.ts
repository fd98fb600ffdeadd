import { describe, expect, it } from 'vitest'
import type { FirstRunState } from '../../../contract/first-run.ts'
import { stepsOf } from './first-steps.ts'

const empty: FirstRunState = {
  isListening: true,
  url: 'http://127.0.0.1:7643/scim',
  publicUrl: null,
  isLoopback: false,
  reach: null,
  integration: null,
  firstPerson: null,
  sample: { users: 0, groups: 0 },
  hasPassword: false,
  hasBackupSchedule: false,
}

const entra = {
  slug: 'entra',
  name: 'Entra',
  idpName: 'Entra ID',
  hasToken: true,
  firstRequestAt: null,
  needsPublicUrl: true,
}

const next = (state: Partial<FirstRunState>) => stepsOf({ ...empty, ...state }).find((each) => each.state === 'next')

describe('the next step', () => {
  it('is to let the endpoint listen, then to make an integration, then to give it an address', () => {
    expect(next({ isListening: false })?.id).toBe('endpoint')
    expect(next({})).toMatchObject({ id: 'integration', action: { href: '/integrations/new' } })
    expect(next({ integration: entra })).toMatchObject({ id: 'address', action: { href: '/settings/endpoint' } })
  })

  it('is to wait for a request once the address leads here', () => {
    const reached = { publicUrl: 'https://scim.example.com', reach: { at: 1, isReached: true } }
    expect(next({ integration: entra, ...reached })?.id).toBe('request')
    expect(next({ integration: { ...entra, hasToken: false }, ...reached })?.id).toBe('token')
    expect(next({ integration: entra, ...reached, reach: { at: 1, isReached: false } })?.id).toBe('address')
  })

  it('is to give it another address while that is of this machine alone, though a test from here gets through', () => {
    const here = { publicUrl: 'http://127.0.0.1:7643', isLoopback: true, reach: { at: 1, isReached: true } }
    expect(next({ integration: entra, ...here })).toMatchObject({ id: 'address' })
    expect(next({ integration: { ...entra, needsPublicUrl: false }, ...here })?.id).toBe('request')
    expect(next({ integration: { ...entra, firstRequestAt: 1 }, ...here })?.id).toBe('person')
  })

  it('does not wait for the first request to tell of the token, once that has come', () => {
    const token = (firstRequestAt: number | null) =>
      stepsOf({ ...empty, integration: { ...entra, firstRequestAt } }).find(({ id }) => id === 'token')?.text
    expect(token(null)).toMatch(/shows with the first request\.$/)
    expect(token(1)).toBe('It has been issued, and the first request came with one.')
  })

  it('needs no address for an identity provider inside the network, nor where requests come already', () => {
    expect(next({ integration: { ...entra, needsPublicUrl: false } })?.id).toBe('request')
    expect(next({ integration: { ...entra, firstRequestAt: 1 } })?.id).toBe('person')
  })

  it('is none when the first person is there', () => {
    const state = {
      integration: { ...entra, firstRequestAt: 1 },
      firstPerson: { id: '1', userName: 'ana', createdAt: 1 },
    }
    expect(next(state)).toBeUndefined()
    expect(
      stepsOf({ ...empty, ...state })
        .filter((each) => each.state === 'open')
        .every((each) => each.isOptional),
    ).toBe(true)
  })
})

it('what is done asks for nothing any more', () => {
  const done = stepsOf({ ...empty, integration: entra }).filter((step) => step.state === 'done')
  expect(done.map((step) => step.action)).toEqual(done.map(() => undefined))
  expect(done.length).toBeGreaterThan(1)
})
