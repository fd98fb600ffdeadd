/** One line of the attribute mapping that is recommended for an IdP. */
export interface MappedAttribute {
  readonly resource: 'user' | 'group'
  /** What the IdP calls it, as its portal shows it. */
  readonly source: string
  /** The SCIM path, as the IdP's editor takes it. */
  readonly target: string
  /** `needed`: nothing works without it. `usual`: it is missed when it never comes. `optional`: many directories hold no such value. */
  readonly weight: 'needed' | 'usual' | 'optional'
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

type Line = readonly [source: string, target: string, weight?: MappedAttribute['weight']]

/** Lines of users; a target that begins with `enterprise:` is of the enterprise extension. */
export function userLines(...lines: readonly Line[]): readonly MappedAttribute[] {
  return lines.map(([source, target, weight = 'optional']) => ({
    resource: 'user',
    source,
    target: target.startsWith('enterprise:') ? `${enterprise}:${target.slice('enterprise:'.length)}` : target,
    weight,
  }))
}

export function groupLines(...lines: readonly Line[]): readonly MappedAttribute[] {
  return lines.map(([source, target, weight = 'optional']) => ({ resource: 'group', source, target, weight }))
}
