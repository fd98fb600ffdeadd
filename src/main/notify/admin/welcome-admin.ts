import { Refusal } from '../../administration/refusal.ts'
import { unknownIntegration } from '../../administration/integrations/unknown-integration.ts'
import { damagedRecord, userDocument } from '../../directory/user-document.ts'
import { fold } from '../../../scim/text/fold.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { DeliveryOutcome } from '../delivery.ts'
import type { MailText } from '../mail/mail-text.ts'
import { templateOf } from '../welcome/welcome-newcomers.ts'
import {
  renderWelcome,
  sampleValues,
  templateProblem,
  type WelcomeTemplate,
  type WelcomeValues,
} from '../welcome/welcome-template.ts'
import { welcomedPerson } from '../welcome/welcomed-person.ts'
import type { MailAdmin } from './mail-admin.ts'
import type { NotifyParts } from './notify-parts.ts'

export interface Welcome {
  readonly isEnabled: boolean
  /** Who comes from then on gets one. */
  readonly enabledSince: number | undefined
  readonly template: WelcomeTemplate
}

/** The welcome mail of each integration, off until it is switched on. */
export interface WelcomeAdmin {
  show(slug: string): Welcome
  /** Changes what is named. Rejects with `Refusal` for a template that cannot be used. */
  set(slug: string, changes: Partial<WelcomeTemplate> & { readonly isEnabled?: boolean }): Promise<Welcome>
  /** The mail as it would be for a user, or for an invented person; by the stored template, or another one. Throws `Refusal`. */
  preview(slug: string, userName?: string, template?: WelcomeTemplate): MailText
  /** Sends the preview to an address. */
  test(slug: string, to: string, userName?: string, template?: WelcomeTemplate): Promise<DeliveryOutcome>
}

export function createWelcomeAdmin({ reads, administer }: NotifyParts, mail: MailAdmin): WelcomeAdmin {
  function rowOf(slug: string): IntegrationRow {
    const row = reads.integrations.bySlug(slug)
    if (row === undefined) throw unknownIntegration(slug)
    return row
  }

  function show(slug: string): Welcome {
    const row = reads.welcome.of(rowOf(slug).id)
    return {
      isEnabled: row !== undefined && row.enabled_since !== null,
      enabledSince: row?.enabled_since ?? undefined,
      template: templateOf(row),
    }
  }

  function valuesOf(integration: IntegrationRow, userName: string | undefined): WelcomeValues {
    if (userName === undefined) return { ...sampleValues, integration: integration.name }
    const user = reads.users.byUserNameKey(integration.directory_id, fold(userName))
    if (user === undefined) throw new Refusal(`There is no user "${userName}".`)
    const resource = userDocument(user)
    if (resource === undefined) throw new Refusal(damagedRecord(user))
    const person = welcomedPerson(resource, integration.name)
    if (person === undefined)
      throw new Refusal(`"${userName}" has no e-mail address, so no welcome mail would be sent.`)
    return person.values
  }

  function preview(slug: string, userName?: string, template?: WelcomeTemplate): MailText {
    const problem = template && templateProblem(template)
    if (problem !== undefined) throw new Refusal(problem)
    return renderWelcome(template ?? show(slug).template, valuesOf(rowOf(slug), userName))
  }

  return {
    show,
    async set(slug, { isEnabled, ...changes }) {
      await administer('set-welcome', { slug, isEnabled, changes })
      return show(slug)
    },
    preview,
    test: async (slug, to, userName, template) =>
      mail.send(to, { kind: 'letter', ...preview(slug, userName, template) }),
  }
}
