// The last two parts of a URL of ours or of anybody's: `https://…/v2/Users/2819c223`, `../Groups/e9e30dba`.
const toResource = /(?:^|\/)(?:Users|Groups)\/([^/?#]+)\/?$/i

/** The id that the URI of a user or a group ends in (RFC 7643 §2.4: `$ref` leads to what `value` names); undefined for any other text. */
export function referencedId(reference: unknown): string | undefined {
  return typeof reference === 'string' ? toResource.exec(reference)?.[1] : undefined
}
