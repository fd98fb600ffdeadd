import type { AttributeGuide, CustomAttribute } from '../../contract/attributes.ts'
import { idps } from '../../idp/catalogue.ts'
import { guideText } from '../../idp/guides/guide-text.ts'
import { guides, offeredIdps, type OfferedIdp } from '../../idp/guides/guides.ts'
import { checkCustomAttribute, defaultCustomUrn, mappingName } from '../../scim/model/custom-attribute.ts'
import { Refusal, type FieldProblem } from '../administration/refusal.ts'
import { customAttributeOf } from '../directory/directory-config.ts'
import type { Engine } from '../engine.ts'
import type { CustomAttributeRow } from '../store/configuration/custom-attributes.ts'
import { api } from './api.ts'
import { creditWindow } from './streams/credit-window.ts'
import { directoryIdOf } from './rosters/directory-id.ts'

function view(row: CustomAttributeRow): CustomAttribute {
  const { urn, name, type, multiValued } = customAttributeOf(row)
  return { urn, name, type, multiValued, mappingName: mappingName(row), isBeingRemoved: row.removing === 1 }
}

interface Draft {
  readonly name: string
  readonly type: string
  readonly multiValued: boolean
  readonly urn?: string
}

/** What is wrong with a draft, at the field that it is wrong in. */
function draftProblems(engine: Engine, directoryId: number, draft: Draft): readonly FieldProblem[] {
  const existing = engine.reads.customAttributes.ofDirectory(directoryId).map(customAttributeOf)
  const whole = checkCustomAttribute(draft, existing)
  if (whole.ok) return []
  const { urn: _urn, ...nameAlone } = draft
  const name = checkCustomAttribute(nameAlone, [])
  const urn = checkCustomAttribute({ ...draft, name: 'x' }, [])
  const problems = [
    ...(name.ok ? [] : [{ path: 'name', problem: name.problem }]),
    ...(urn.ok ? [] : [{ path: 'urn', problem: urn.problem }]),
  ]
  return problems.length > 0 ? problems : [{ path: 'name', problem: whole.problem }]
}

/** So many users are looked at before others get their turn in the thread of the reads. */
const look = 10_000

async function usageOf(engine: Engine, directoryId: number, signal: AbortSignal | undefined) {
  const attributes = engine.reads.customAttributes.ofDirectory(directoryId)
  if (attributes.length === 0) return {}
  const sums = attributes.map(() => 0)
  let afterSeq: number | undefined = 0
  while (afterSeq !== undefined) {
    // Nobody waits any more.
    if (signal?.aborted === true) break
    const part: { readonly counts: readonly number[]; readonly lastSeq: number | undefined } =
      await engine.consoleReads.ask('attribute-usage', {
        directoryId,
        attributes: attributes.map(({ urn, name }) => ({ urn, name })),
        afterSeq,
        look,
      })
    for (const [n, count] of part.counts.entries()) sums[n] = (sums[n] ?? 0) + count
    afterSeq = part.lastSeq
  }
  return Object.fromEntries(attributes.map((each, n) => [mappingName(each), sums[n] ?? 0]))
}

function guideView(
  engine: Engine,
  idp: OfferedIdp,
  names: readonly string[],
  example: { readonly urn: string; readonly name: string },
): AttributeGuide {
  const { customAttribute } = guides[idp]({ scimUrl: engine.scimUrl('x'), example })
  return {
    idp,
    name: idps[idp].displayName,
    integrations: [...names],
    steps: customAttribute.map(({ text, fields }) => ({
      text: [...guideText(text)],
      fields: fields?.map((field) => ({ ...field })) ?? [],
    })),
  }
}

export const attributes = {
  list: api.attributes.list.handler(({ input, context: { parts } }) =>
    parts.engine.reads.customAttributes.ofDirectory(directoryIdOf(parts.engine, input.directory)).map(view),
  ),
  defaultUrn: api.attributes.defaultUrn.handler(() => defaultCustomUrn),
  add: api.attributes.add.handler(async ({ input, context: { parts } }) => {
    const { directory, name, type, multiValued, urn } = input
    const draft = { name, type, multiValued, ...(urn === null ? {} : { urn }) }
    const problems = draftProblems(parts.engine, directoryIdOf(parts.engine, directory), draft)
    const [first] = problems
    if (first) throw new Refusal(first.problem, 'other', problems)
    const added = await parts.engine.administer('add-attribute', { directory, draft })
    return { ...added, type, mappingName: mappingName(added), isBeingRemoved: false }
  }),
  usage: api.attributes.usage.handler(({ input, signal, context: { parts } }) =>
    usageOf(parts.engine, directoryIdOf(parts.engine, input.directory), signal),
  ),
  guides: api.attributes.guides.handler(({ input, context: { parts } }) => {
    const { engine } = parts
    const directoryId = directoryIdOf(engine, input.directory)
    const integrations = engine.reads.integrations.all().filter((each) => each.directory_id === directoryId)
    const namesOf = (idp: OfferedIdp) => integrations.filter((each) => each.idp === idp).map((each) => each.name)
    const views = offeredIdps.map((idp) => guideView(engine, idp, namesOf(idp), input))
    return [
      ...views.filter((each) => each.integrations.length > 0),
      ...views.filter((each) => each.integrations.length === 0),
    ]
  }),
  remove: api.attributes.remove.handler(async function* ({ input, signal, context: { parts } }) {
    const { engine } = parts
    const { directory, name, urn, subscription } = input
    directoryIdOf(engine, directory)
    let users = input.after ?? 0
    // Somebody who comes back after it has ended finds it gone.
    const isGone = !engine.reads.customAttributes
      .ofDirectory(directoryIdOf(engine, directory))
      .some((each) => each.name === name && each.urn === urn)
    const begun =
      isGone && input.after !== null
        ? undefined
        : await engine.administer('begin-attribute-removal', { directory, name, urn })
    let afterSeq: number | undefined = 0
    let isTold = false
    yield* creditWindow<{ readonly users: number; readonly isDone: boolean }>({
      subscription,
      signal,
      from: users,
      async read(position) {
        if (isTold) return { items: [], position, dropped: 0 }
        if (begun && afterSeq !== undefined) {
          const step: { readonly lastSeq: number | undefined; readonly changed: number } = await engine.administer(
            'remove-attribute-values',
            { directory, id: begun.id, afterSeq },
          )
          users += step.changed
          afterSeq = step.lastSeq
        }
        isTold = !begun || afterSeq === undefined
        return { items: [{ users, isDone: isTold }], position: users, dropped: 0 }
      },
      untilNews: () => Promise.resolve(),
      isOver: () => isTold,
    })
  }),
}
