import { describe, expect, it } from 'vitest'
import { userSchemaUrn } from '../../../scim/urn.ts'
import type { TestSmtpServer } from '../../../../test/smtp-server.ts'
import { startSmtpServer } from '../mail/smtp-server.fixture.ts'
import { breakDocument } from '../../store/broken-document.fixture.ts'
import { startNotifiedDay, type NotifiedDay } from '../test-notifier.fixture.ts'
import { renderWelcome, sampleValues, templateProblem } from './welcome-template.ts'

const minute = 60_000

async function welcoming(): Promise<NotifiedDay & { readonly smtp: TestSmtpServer; later(): Promise<void> }> {
  const smtp = await startSmtpServer()
  const watched = startNotifiedDay()
  await watched.setUpMail(smtp.port, [])
  return {
    ...watched,
    smtp,
    async later() {
      watched.day.wait(3 * minute)
      await watched.look()
    },
  }
}

function recipients(smtp: TestSmtpServer): readonly string[] {
  return smtp.mails.flatMap((mail) => mail.to)
}

describe('a welcome mail', () => {
  it('goes to those whom an IdP creates from the moment on when it is switched on, once', async () => {
    const { smtp, admin, entra, later } = await welcoming()
    entra.provision({ userName: 'early@example.com' })
    await later()
    expect(admin.welcome.show('entra')).toMatchObject({ isEnabled: false })
    await admin.welcome.set('entra', {
      isEnabled: true,
      subject: 'Hello {{displayName}}',
      text: 'You are {{userName}}.',
    })
    const { id } = entra.provision({ userName: 'ana@example.com' })
    entra.update(id, { title: 'Chief' })
    await later()
    await later()
    expect(recipients(smtp)).toEqual(['ana@example.com'])
    expect(smtp.mails[0]?.header('subject')).toBe('Hello ana@example.com')
    expect(smtp.mails[0]?.raw).toContain('You are ana@example.com.')
  })

  it('goes to the others where the stored record of one is damaged', async () => {
    const { smtp, admin, day, entra, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    const { id } = entra.provision({ userName: 'ana@example.com' })
    entra.provision({ userName: 'ben@example.com' })
    breakDocument(day.directory.dataDir, id)
    await later()
    expect(recipients(smtp)).toEqual(['ben@example.com'])
    expect(() => admin.welcome.preview('entra', 'ana@example.com')).toThrow(
      /record of the user "ana@example.com" is damaged/,
    )
  })

  it('is not sent again to somebody who is deleted and created anew, under whatever name', async () => {
    const { smtp, admin, day, entra, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    entra.remove(entra.provision({ userName: 'ana@example.com' }).id)
    const second = entra.provision({ userName: 'ana@example.com' }).id
    await later()
    expect(recipients(smtp)).toEqual(['ana@example.com'])
    entra.remove(second)
    day.directory.administer('purge-user', { directory: 'main', who: second })
    entra.provision({ userName: 'ANA@example.com' })
    day.send('POST', '/Users', {
      schemas: [userSchemaUrn],
      userName: 'ana-new',
      emails: [{ value: 'Ana@Example.com', type: 'work' }],
    })
    await later()
    expect(recipients(smtp)).toEqual(['ana@example.com'])
  })

  it('goes to the primary address, else to that at work, else to any, else to the userName', async () => {
    const { smtp, admin, day, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    const home = (name: string) => ({ value: `${name}@home.example`, type: 'home' })
    const work = (name: string) => ({ value: `${name}@work.example`, type: 'work' })
    const people: Readonly<Record<string, readonly object[]>> = {
      ana: [home('ana'), work('ana'), { value: 'ana@other.example', primary: true }],
      ben: [home('ben'), work('ben')],
      eve: [{ type: 'work', display: 'nobody' }, home('eve')],
      joe: [],
    }
    for (const [name, emails] of Object.entries(people))
      day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: `${name}@name.example`, emails })
    await later()
    expect(recipients(smtp).toSorted()).toEqual([
      'ana@other.example',
      'ben@work.example',
      'eve@home.example',
      'joe@name.example',
    ])
  })

  it('goes once to an address that two users share', async () => {
    const { smtp, admin, day, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    for (const userName of ['one', 'two'])
      day.send('POST', '/Users', {
        schemas: [userSchemaUrn],
        userName,
        emails: [{ value: 'shared@example.com', type: 'work' }],
      })
    await later()
    await later()
    expect(recipients(smtp)).toEqual(['shared@example.com'])
  })

  it('goes to the last of a first cycle too, however many came before between two looks', async () => {
    const { smtp, admin, day, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    for (let index = 0; index < 205; index += 1)
      day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: `user-${index}@example.com`, active: false })
    day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: 'last@example.com' })
    await later()
    await later()
    expect(recipients(smtp)).toEqual(['last@example.com'])
  })

  it('is not sent on an import, on a match, to inactive people, nor to those who are gone by then', async () => {
    const { smtp, admin, day, entra, later } = await welcoming()
    await admin.welcome.set('entra', { isEnabled: true })
    day.directory.administer('import-users', {
      directory: 'main',
      users: [{ line: 1, resource: { userName: 'imported@example.com' }, role: undefined }],
    })
    const matched = entra.provision({ userName: 'imported@example.com' })
    entra.update(matched.id, { title: 'Chief' })
    day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: 'off@example.com', active: false })
    const { id } = entra.provision({ userName: 'test@example.com' })
    entra.remove(id)
    day.send('POST', '/Users', { schemas: [userSchemaUrn], userName: 'without-address' })
    await later()
    expect(recipients(smtp)).toEqual([])
  })

  it('goes out for one integration and not for another, and stops when it is switched off', async () => {
    const { smtp, admin, day, entra, later } = await welcoming()
    await admin.welcome.set('okta', { isEnabled: true })
    entra.provision({ userName: 'ana@example.com' })
    await later()
    expect(recipients(smtp)).toEqual([])
    await admin.welcome.set('entra', { isEnabled: true })
    entra.provision({ userName: 'bob@example.com' })
    await later()
    await admin.welcome.set('entra', { isEnabled: false })
    entra.provision({ userName: 'cy@example.com' })
    await later()
    expect(recipients(smtp)).toEqual(['bob@example.com'])
    expect(day.directory.store.outbox.depth()).toEqual([{ channel: 'mail', state: 'delivered', messages: 1 }])
  })

  it('holds what a person is called as text', async () => {
    const { smtp, admin, day, later } = await welcoming()
    await admin.welcome.set('entra', {
      isEnabled: true,
      subject: 'Hi {{displayName}}',
      text: 'Hi {{displayName}}',
      html: '<p title="{{displayName}}">Hi {{ displayName }}</p>',
    })
    day.send('POST', '/Users', {
      schemas: [userSchemaUrn],
      userName: 'ana@example.com',
      displayName: '"><script>x</script>\r\nBcc: all@example.com {{userName}}',
    })
    await later()
    const [mail] = smtp.mails
    expect(mail?.to).toEqual(['ana@example.com'])
    expect(mail?.header('bcc')).toBe('')
    expect(mail?.raw).not.toMatch(/^Bcc:/m)
    const html = mail?.raw.slice(mail.raw.indexOf('text/html')).replaceAll('=\r\n', '') ?? ''
    expect(html).toContain('Hi &quot;&gt;&lt;script&gt;x&lt;/script&gt; Bcc: all@example.com {{userName}}</p>')
    expect(html).not.toContain('<script>')
  })

  it('can be looked at and tried out beforehand', async () => {
    const { smtp, admin, entra } = await welcoming()
    entra.provision({ userName: 'ana@example.com' })
    await admin.welcome.set('entra', { subject: 'Welcome to {{integration}}', text: 'Dear {{displayName}}' })
    expect(admin.welcome.preview('entra')).toEqual({
      subject: 'Welcome to Entra',
      text: 'Dear Ada Lovelace',
      html: undefined,
    })
    expect(admin.welcome.preview('entra', 'ana@example.com').text).toBe('Dear ana@example.com')
    expect(await admin.welcome.test('entra', 'ops@example.com', 'ana@example.com')).toEqual({ kind: 'delivered' })
    expect(recipients(smtp)).toEqual(['ops@example.com'])
    expect(() => admin.welcome.preview('entra', 'nobody')).toThrow('There is no user "nobody"')
    expect(() => admin.welcome.show('nonsense')).toThrow('nonsense')
  })
})

describe('a template', () => {
  it('is refused for an unknown placeholder, an empty part, or a subject of two lines', async () => {
    const { admin } = await welcoming()
    for (const wrong of [
      { subject: 'Hello {{name}}' },
      { text: '{{ password }}' },
      { subject: ' ' },
      { subject: 'a\nBcc: x@example.com' },
      { text: 'x'.repeat(50_001) },
    ])
      await expect(admin.welcome.set('entra', wrong)).rejects.toThrow(/placeholder|subject|characters/)
    expect(templateProblem({ subject: 'a', text: 'b {{ userName }} { c }', html: undefined })).toBeUndefined()
  })

  it('with a brace that nothing closes, and many blanks behind it, is looked at in no time', () => {
    const text = `Hello {{userName}}, {{${' '.repeat(3000)}`
    expect(templateProblem({ subject: 'a', text, html: text })).toBeUndefined()
    expect(renderWelcome({ subject: 'a', text, html: undefined }, sampleValues).text).toContain(
      `Hello ${sampleValues.userName}, {{`,
    )
  })

  it('takes values in once', () => {
    const values = { ...sampleValues, displayName: '{{email}}', email: 'secret@example.com' }
    expect(renderWelcome({ subject: '{{displayName}}', text: 'x', html: undefined }, values).subject).toBe('{{email}}')
  })
})
