import { expect, it } from 'vitest'
import { helpOf, screenHelp } from './screen-help.ts'
import { navigation } from './navigation.ts'
import { routes } from './routes.ts'

it('every screen has a help of its own', () => {
  for (const { path } of navigation) expect(helpOf(path).answers.length).toBeGreaterThan(0)
  for (const example of routes.flatMap((each) => Object.values(each.examples)))
    expect(helpOf(example.split('?')[0] ?? '').title).not.toBe('This screen')
})

it('the most particular one is meant', () => {
  expect(helpOf('/integrations/new/entra').title).toBe('Connecting an identity provider')
  expect(helpOf('/integrations/entra-id/tokens').title).toBe('Integrations')
  expect(helpOf('/settings/log').title).toBe('Settings: request log')
  expect(helpOf('/').title).toBe('Overview')
  expect(helpOf('/nowhere').title).toBe('This screen')
})

it('says each thing in a whole sentence', () => {
  for (const { answers, tips } of screenHelp) {
    for (const answer of answers) expect(answer).toMatch(/^[A-Z].*\?$/)
    for (const tip of tips) expect(tip).toMatch(/^[A-Z].*\.$/)
  }
})
