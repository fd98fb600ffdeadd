/** What can stand in a URL as it is: lower-case letters, digits and inner hyphens, at most 63. */
export const slugShape = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
