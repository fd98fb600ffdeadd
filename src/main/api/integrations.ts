import type { Guide } from '../../contract/integrations.ts'
import { idps } from '../../idp/catalogue.ts'
import { guideText } from '../../idp/guides/guide-text.ts'
import { guides, offeredIdps, type OfferedIdp } from '../../idp/guides/guides.ts'
import type { GuideStep, GuideValues } from '../../idp/guides/setup-guide.ts'
import { defaultCustomUrn } from '../../scim/model/custom-attribute.ts'
import { deletionProblem } from '../administration/integrations/delete-integration.ts'
import { parsePolicy } from '../directory/policy.ts'
import type { Engine } from '../engine.ts'
import { api } from './api.ts'
import { displayNameOf } from './views/display-name.ts'
import { hasAddressFor } from './address-for-idp.ts'
import { integrationRowOf, integrationViewOf, integrationViews } from './views/integration-view.ts'

/** An IdP that has no guide of its own is set up like any other. */
function guidedIdp(idp: string): OfferedIdp {
  return offeredIdps.find((each) => each === idp) ?? 'generic'
}

function stepView({ text, fields }: GuideStep): Guide['connect'][number] {
  return { text: [...guideText(text)], fields: fields?.map((field) => ({ ...field })) ?? [] }
}

/** The custom attribute that stands as an example in a guide: one of the directory's own where there is one. */
function exampleOf(engine: Engine, directoryId: number): GuideValues['example'] {
  const first = engine.reads.customAttributes.ofDirectory(directoryId).find((each) => each.removing === 0)
  return first ? { urn: first.urn, name: first.name } : { urn: defaultCustomUrn, name: 'costBucket' }
}

function guideOf(engine: Engine, slug: string): Guide {
  const row = integrationRowOf(engine, slug)
  const values = { scimUrl: engine.scimUrl(slug), example: exampleOf(engine, row.directory_id) }
  const guide = guides[guidedIdp(row.idp)](values)
  return {
    portal: guide.portal,
    needs: [...guide.needs],
    reach: guide.reach.map((each) => ({ ...each })),
    hasAddress: hasAddressFor(engine, row.idp),
    connect: guide.connect.map(stepView),
    test: [...guideText(guide.test)],
    assign: guide.assign.map(stepView),
    customAttribute: guide.customAttribute.map(stepView),
    trouble: guide.trouble.map((each) => ({ ...each })),
    mapping: guide.mapping.map(({ source, target, resource, isMatch, remark }) => ({
      source,
      target,
      resource,
      isMatch: isMatch === true,
      remark: remark ?? '',
    })),
    checked: guide.checked,
    isExperimental: guide.isExperimental === true,
    sendsGroups: guide.sendsGroups,
  }
}

/** A guide without an integration has no values yet; only what does not need them is shown. */
const noValues: GuideValues = { scimUrl: '', example: { urn: defaultCustomUrn, name: 'costBucket' } }

export const integrations = {
  idps: api.integrations.idps.handler(() =>
    offeredIdps.map((id) => {
      const { summary, isExperimental } = guides[id](noValues)
      return { id, name: idps[id].displayName, summary, isExperimental: isExperimental === true }
    }),
  ),
  list: api.integrations.list.handler(({ context }) => [...integrationViews(context.parts.engine)]),
  get: api.integrations.get.handler(({ input, context: { parts } }) => ({
    ...integrationViewOf(parts.engine, input.slug),
    policy: parsePolicy(integrationRowOf(parts.engine, input.slug).policy),
  })),
  create: api.integrations.create.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const created = await engine.tokens.createIntegration({ ...input, slug: undefined })
    return {
      slug: created.slug,
      scimUrl: engine.scimUrl(created.slug),
      token: created.token.reveal(),
      prefix: created.prefix,
    }
  }),
  setState: api.integrations.setState.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    await parts.engine.administer('set-integration-state', input)
    return integrationViewOf(parts.engine, input.slug)
  }),
  rename: api.integrations.rename.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    await parts.engine.administer('rename-integration', input)
    return integrationViewOf(parts.engine, input.slug)
  }),
  deletion: api.integrations.deletion.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    const row = integrationRowOf(engine, input.slug)
    const managed = await engine.consoleReads.ask('managed-count', {
      directoryId: row.directory_id,
      integrationId: row.id,
    })
    return { ...managed, problem: deletionProblem(engine.reads, row) ?? null }
  }),
  delete: api.integrations.delete.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    const { released, voided } = await parts.engine.tokens.deleteIntegration(input.slug)
    return { ...released, tokens: voided.length }
  }),
  setPolicy: api.integrations.setPolicy.handler(({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    const changes = Object.entries(input.changes).map(([name, value]) => ({ name, value: String(value) }))
    const administrator = input.administrator === undefined ? {} : { administrator: input.administrator }
    return parts.engine.administer('set-policy', { slug: input.slug, changes, ...administrator })
  }),
  administrators: api.integrations.administrators.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    const row = integrationRowOf(engine, input.slug)
    return engine.reads.rosters.administrators(row.directory_id).map((user) => ({
      userName: user.user_name,
      displayName: displayNameOf(user.doc),
      role: user.role,
    }))
  }),
  guide: api.integrations.guide.handler(({ input, context }) => guideOf(context.parts.engine, input.slug)),
  reach: api.integrations.reach.handler(({ input }) => {
    const guide = guides[input.idp](noValues)
    return { options: guide.reach.map((each) => ({ ...each })), needs: [...guide.needs] }
  }),
}
