import { z } from 'zod'

/** What a schema says of an input, in so far as a sentence is made from it. */
const issueShape = z.looseObject({
  message: z.string(),
  code: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  /** `string`, `array`, or a kind of number. */
  origin: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  expected: z.string().optional(),
  values: z.array(z.unknown()).optional(),
})

type Issue = z.infer<typeof issueShape>

/** How the words of Zod begin, where the contract has no sentence of its own. */
const wordsOfZod = /^(?:Invalid|Too (?:small|big)|Unrecognized)\b/

function boundText(name: string, { origin }: Issue, bound: string): string {
  if (origin === 'string') return `${name} has ${bound} characters.`
  return origin === 'array' ? `${name} has ${bound} entries.` : `${name} is ${bound}.`
}

function sentence(issue: Issue): string {
  const { code, path, origin, minimum, maximum, expected, values } = issue
  const field = path.findLast((each) => typeof each === 'string')
  const name = field === undefined ? 'What was entered' : `“${field}”`
  if (code === 'too_small' && (origin === 'string' || origin === 'array') && minimum === 1)
    return `${name} is empty. Fill it in.`
  if (code === 'too_small' && minimum !== undefined)
    return boundText(name, issue, `at least ${minimum.toLocaleString('en')}`)
  if (code === 'too_big' && maximum !== undefined)
    return boundText(name, issue, `at most ${maximum.toLocaleString('en')}`)
  if (code === 'invalid_value' && values) return `${name} is one of ${values.map(String).join(', ')}.`
  if (expected === 'number' || expected === 'int') return `${name} is a whole number.`
  return code === 'invalid_type'
    ? `${name} is missing or not of the kind that belongs there.`
    : `${name} is not written as it should be.`
}

/** An issue of an input with a sentence for a person, also where the contract has none of its own. */
export function plainIssue(issue: unknown): unknown {
  const parsed = issueShape.safeParse(issue)
  if (!parsed.success || !wordsOfZod.test(parsed.data.message)) return issue
  return { ...parsed.data, message: sentence(parsed.data) }
}
