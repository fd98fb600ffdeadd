/** How users and groups are told apart in membership, positions and audit rows. */
export const kinds = { User: 0, Group: 1 } as const

export type ResourceName = keyof typeof kinds
export type ResourceKind = (typeof kinds)[ResourceName]
