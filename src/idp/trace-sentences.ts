import type { Note } from '../scim/note.ts'
import type { Sentence } from './dialect-sentences.ts'
import { quote } from './quote.ts'
import { tokenSlips } from './token-slips.ts'
import { urlSlips } from './url-slips.ts'

function amount(count: number | undefined, one: string, many: string, uncounted: string): string {
  return count === undefined ? uncounted : count === 1 ? `1 ${one}` : `${count} ${many}`
}

const members = (note: Note) => amount(note.count, 'member', 'members', 'Members')
const was = (note: Note) => (note.count === 1 ? 'was' : 'were')
const named = (note: Note, what: string) => (note.seen === undefined ? what : `${what} ${quote(note.seen)}`)

/** What the TLS library or the HTTP parser says. */
const alert = (note: Note) => (note.seen === undefined ? '' : ` (${note.seen})`)

/** `path` is the part of the policy that forbids the change. */
function refusal(path: string | undefined): string {
  const what =
    path === undefined ? 'this change' : path === 'groups' ? 'changes to groups' : `this change (${quote(path)})`
  return `The policy of the integration does not allow ${what}. Allow it in the settings of the integration if it is wanted.`
}

/**
 * Who issues the token that Entra ID sends for itself (Microsoft Learn, "use-scim-to-provision-users-and-groups"), in the clouds of the US
 * government and of China too, in both versions of a token (Microsoft Q&A 1190472, "token issuers for the sovereign clouds").
 */
const microsoftIssuers: ReadonlySet<string> = new Set([
  'sts.windows.net',
  'sts.chinacloudapi.cn',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
])

const onlyIfAbsent =
  'The client asked for a change only if the record were not there in this version (If-None-Match); it is, so nothing was changed.'

/**
 * `seen` is the state of the index that there is, or `many` where no more of them are made by themselves; `expected` the directory that a
 * command has to name.
 */
function allLookedAt(note: Note): string {
  const what = note.path === undefined ? 'the attribute' : quote(note.path)
  const all = `all ${note.count === undefined ? '' : `${note.count} `}users had to be looked at`
  const option = note.expected === undefined ? '' : ` --directory ${note.expected}`
  const add = `"rollcall indexes add ${note.path ?? 'ATTRIBUTE'}${option}"`
  switch (note.seen) {
    case 'building':
      return `The index of ${what} is still being made: until then ${all}. "rollcall indexes list${option}" says how far it is.`
    case 'dropping':
    case 'declined':
      return `The index of ${what} was removed: ${all}. It is not made again by itself, but with ${add}.`
    case 'many':
      return `No index leads to ${what}: ${all}. No more are made by themselves beside those of this directory; ${add} makes one.`
    default:
      return `No index leads to ${what}: ${all}. One is made by itself where an identity provider looks people up like that again and again; ${add} makes it now.`
  }
}

/** The steps that a request took on its way to its answer. */
export const traceSentences: Readonly<Record<string, Sentence>> = {
  'token-accepted': (note) => `The token was accepted${note.seen === undefined ? '' : ` for ${quote(note.seen)}`}.`,
  replayed: (note) =>
    `A person sent ${note.seen === undefined ? 'a request of the log' : `request ${note.seen} of the log`} again from here; no token was needed.`,
  'token-missing': () =>
    'The request carried no token. Paste the secret token into the identity provider, and send it as "Authorization: Bearer …".',
  'not-bearer': (note) => {
    const what =
      note.seen === undefined
        ? 'is there, but is not the word Bearer, a blank and one token'
        : `is not of the kind "Bearer" but of "${note.seen}"`
    return `The Authorization header ${what}. Send it as "Authorization: Bearer …", with the token of the integration.`
  },
  'token-unknown': (note) =>
    note.seen === undefined
      ? 'No integration knows the token. Issue a new one and paste it into the identity provider, without spaces around it.'
      : `The token begins like ${note.seen}…, which is in use, but is not that one: it was cut off or changed. Paste it anew, or issue another one.`,
  'token-slip': (note) =>
    tokenSlips[note.seen ?? ''] ??
    'The token did not come as it is. Copy it anew with its own button, and paste it alone.',
  'token-jwt': (note) =>
    `The token is a JSON Web Token${note.seen === undefined ? '' : ` from ${note.seen}`}, and not the token of an integration. ${microsoftIssuers.has(note.seen ?? '') ? 'Entra ID sends one of its own while the Secret token is empty: paste the token of the integration there.' : 'An identity provider sends one when it is set to OAuth: choose a fixed bearer token there, and paste the token of the integration.'}`,
  'token-expired': () => 'The token has expired. Issue a new one and paste it into the identity provider.',
  'token-revoked': (note) =>
    `The token${note.seen === undefined ? '' : ` ${note.seen}…`} was replaced or revoked. Paste the newest one into the identity provider; if that is lost, issue another one.`,
  routed: (note) =>
    `${note.path === undefined ? 'The request' : `The ${note.path}`} went to ${note.seen === undefined || note.seen === '' ? 'no endpoint' : quote(note.seen)}.`,
  bug: () => 'Rollcall failed to answer; the log of the server has the reason under the id of this request.',
  'other-integration': (note) =>
    `The path names the integration ${note.seen === undefined ? '' : quote(note.seen)}, ${note.count === 0 ? 'and there is none of that name; the' : 'but the'} token belongs to ${note.expected === undefined ? 'another one' : quote(note.expected)}.`,
  declined: (note) => `The request was refused: ${note.seen ?? 'see the answer'}`,
  'operation-refused': (note) =>
    `${note.count === undefined ? 'An operation' : `Operation ${note.count}`}${note.path === undefined ? '' : `, a ${note.path},`} was answered with ${note.expected ?? 'an error'}: ${note.seen ?? 'see the answer'}`,
  'not-read': (note) => `The database could not be read. ${note.seen ?? 'The log of the server has the reason.'}`,
  'not-stored': (note) => `Nothing could be stored. ${note.seen ?? 'The log of the server has the reason.'}`,
  'no-route': (note) =>
    `Nothing answers at ${note.seen === undefined ? 'this path' : quote(note.seen)}. ${urlSlips[note.taken ?? ''] ?? 'Compare the SCIM URL in the identity provider with the one shown here.'}`,
  'scim-1': () =>
    'The client speaks SCIM 1.1, and this is an endpoint of SCIM 2.0. Choose SCIM 2.0 in the identity provider.',
  'filter-attribute-unknown': (note) =>
    `The filter asks for ${note.path === undefined ? 'an attribute' : quote(note.path)}, which a ${(note.seen ?? 'record').toLowerCase()} does not have here. Let the identity provider match by one that is here, such as ${note.seen === 'Group' ? '"displayName" or "externalId"' : '"userName", "externalId" or "emails.value"'}; one of your own has to stand under Attributes first, and is asked for with its URN.`,
  'filter-parsed': (note) =>
    note.seen === undefined ? 'The filter was understood.' : `The filter was understood as ${quote(note.seen)}.`,
  matched: (note) =>
    note.count === undefined
      ? `${named(note, 'The record')} was found.`
      : `${amount(note.count, 'record matches', 'records match', 'Records match')}.`,
  'no-match': (note) =>
    `${note.seen === undefined ? 'No record matches' : `No record matches ${quote(note.seen)}`}; an identity provider that looked for it may now create it.`,
  'damaged-records': (note) =>
    `${amount(note.count, 'stored record is damaged: of it', 'stored records are damaged: of them', 'Stored records are damaged: of them')} there is ${note.path === 'Group' ? 'the name alone' : 'the userName and whether the user is active'}. "rollcall doctor" says how to heal such records.`,
  'all-looked-at': allLookedAt,
  'reference-differs': (note) =>
    `The record does not have this ${note.path === 'members' ? 'member' : 'manager'}, or is not here; an identity provider that looks whether it has sets it next.`,
  'policy-refused': (note) => refusal(note.path),
  'groups-off': () =>
    'Groups are switched off for the integration: it sees no group, and finds no user by one. Switch them on in its policy if it is to see them.',
  'protected-record': (note) =>
    `${named(note, 'The record')} is a local administrator, whom SCIM neither sees nor changes.`,
  'record-archived': (note) =>
    `${named(note, 'The record')} is archived: it was deleted, and SCIM does not see it until somebody restores it.`,
  'strict-refused': () =>
    'The integration is strict, so that a departure from the RFC is refused that a lenient one accepts with a note.',
  'attribute-not-here': (note) =>
    `No schema defines ${note.path === undefined ? 'an attribute of the request' : quote(note.path)}, and the integration is strict; a lenient one ignores it with a note.`,
  'uniqueness-refused': (note) =>
    `Another record has the ${note.path === undefined ? 'value' : quote(note.path)}${note.seen === undefined ? '' : ` ${quote(note.seen)}`} already; letter case does not make a difference.`,
  'here-already': (note) =>
    `That record has the externalId of this request too, so it is the one that was to be created${note.seen === 'inactive' ? '; it is deactivated' : ''}. The identity provider has to look it up and change it.`,
  'administrator-has-name': (note) =>
    `A local administrator has the ${note.path === undefined ? 'value' : quote(note.path)}${note.seen === undefined ? '' : ` ${quote(note.seen)}`}; SCIM neither sees nor changes that user.`,
  'address-required': (note) =>
    `The userName${note.seen === undefined ? '' : ` ${quote(note.seen)}`} is not an e-mail address, and the policy of the integration requires one.`,
  'required-removed': (note) =>
    `The request empties ${note.path === undefined ? 'a required attribute' : quote(note.path)}, which cannot be without a value; nothing was changed.`,
  'member-not-here': (note) =>
    `${note.seen === undefined ? 'What was to become a member' : `${quote(note.seen)}, which was to become a member,`} is neither a user nor a group of this directory.`,
  'external-id-repeated': (note) =>
    `The integration has given this "externalId" to another record too${note.seen === undefined ? '' : `, ${quote(note.seen)}`}. An identity provider that matches by it finds two and stops: give each record a value of its own in the mapping.`,
  'external-id-archived': (note) =>
    `The integration gave this "externalId" to a record that is archived now${note.seen === undefined ? '' : `, ${quote(note.seen)}`}: it was deleted, and this is another one, with an id of its own and without the memberships of that one. If it should be that one, delete this one and restore that one under Users or Groups, Archived.`,
  'manager-not-here': (note) =>
    `No user here has the id${note.seen === undefined ? '' : ` ${quote(note.seen)}`} that came for the manager. It was kept as it is and leads to nobody, unless a manager with that id comes.`,
  'group-in-itself': (note) => `${named(note, 'The group')} contains the group that it was to become a member of.`,
  created: (note) => `${named(note, 'The record')} was created.`,
  replaced: (note) => `${named(note, 'The record')} was replaced.`,
  patched: (note) =>
    note.count === undefined
      ? `${named(note, 'The record')} was changed.`
      : `${amount(note.count, 'attribute was', 'attributes were', 'Attributes were')} changed.`,
  'members-changed': (note) =>
    `The members of ${note.seen === undefined ? 'the group' : `the group ${quote(note.seen)}`} were changed.`,
  'role-changed': (note) => `The role of ${named(note, 'the user')} was changed.`,
  released: (note) => `${named(note, 'The user')} became local, since its integration was deleted.`,
  renamed: (note) => `${named(note, 'The user')} was given another user ID.`,
  imported: (note) => `${named(note, 'The record')} was imported.`,
  purged: (note) => `${named(note, 'The record')} was purged; it cannot be restored.`,
  'members-added': (note) => `${members(note)} ${was(note)} added to the group.`,
  'members-removed': (note) => `${members(note)} ${was(note)} removed from the group.`,
  'members-unknown': (note) => `${members(note)} ${was(note)} not found; a member must exist before it joins a group.`,
  'members-kept': () =>
    'The request does not name "members", so who is in the group stays; an empty list would take everybody out.',
  'member-archived': (note) =>
    `${named(note, 'A member')} is archived and was passed over; it joins no group until it is restored.`,
  'member-type-differs': (note) =>
    `${note.path === undefined ? 'The type of a member' : quote(note.path)} came as ${note.seen === undefined ? 'something else' : quote(note.seen)}, but the id is that of a ${note.taken ?? 'member of another type'}; the id counted.${note.count !== undefined && note.count > 1 ? ` So it was with ${note.count - 1} more.` : ''}`,
  'deactivated-instead': (note) =>
    `The policy of the integration keeps records: ${named(note, 'the record')} was deactivated instead of being deleted.`,
  'active-kept': (note) => `"active" cannot be without a value, so it stayed ${note.taken ?? 'as it was'}.`,
  adopted: (note) =>
    `${named(note, 'A local record')} was there already and is managed by the identity provider from now on.`,
  archived: (note) => `${named(note, 'The record')} was archived; it can be restored under Users or Groups, Archived.`,
  restored: (note) => `${named(note, 'The record')} was restored from the archive.`,
  deactivated: (note) => `${named(note, 'The user')} was deactivated and keeps its group memberships.`,
  reactivated: (note) => `${named(note, 'The user')} was activated again.`,
  unchanged: () => 'The record stays as it was: the request changes nothing in it.',
  answered: (note) =>
    note.seen === undefined ? 'The answer was sent.' : `The answer was ${note.seen.replaceAll(/\s+/g, ' ')}.`,
  'limit-exceeded': (note) =>
    `The request is beyond a limit${note.path === undefined ? '' : `, ${quote(note.path)}`}${note.expected === undefined ? '' : `: ${note.expected} at most`}${note.seen === undefined ? '' : `, got ${note.seen}`}.`,
  'integration-paused': () =>
    'The integration is paused; the identity provider was told to come back later, and does so by itself.',
  'integration-disabled': () => 'The integration is disabled. Enable it to let the identity provider in.',
  'administrator-inactive': (note) =>
    `${named(note, 'The SCIM administrator')} is no longer an active administrator or user manager. Choose another one in the settings of the integration.`,
  'tls-on-plain-port': () =>
    'The client spoke TLS (https://) to this port, which speaks plain HTTP. Give Rollcall a certificate, let the tunnel or proxy in front end TLS, or use http:// in between.',
  'plain-on-tls-port': () =>
    'The client spoke plain HTTP (http://) to this port, which speaks TLS. Put https:// into the URL that it uses.',
  'certificate-not-trusted': (note) =>
    `The client broke off: it does not trust the certificate${alert(note)}. It has to be of a CA that the identity provider knows, for the name in the URL, not expired, and with its intermediate certificates.`,
  'tls-too-old': () =>
    'The client knows only TLS versions before 1.2, which are not safe. Update it, or the proxy in between.',
  'tls-failed': (note) => `Client and server did not get TLS to work${alert(note)}.`,
  'not-http': (note) =>
    `What came is not valid HTTP${alert(note)}. Something else than an HTTP client speaks to this port.`,
  'proxy-protocol': () =>
    'The connection began with the PROXY protocol, in which a load balancer tells whose connection it passes on; this port speaks HTTP alone. Switch it off there for this target.',
  'http-2': () =>
    'The client spoke HTTP/2 without asking first, and this port speaks HTTP/1.1. Let the proxy in front speak HTTP/1.1 to it.',
  'header-broken': (note) =>
    `A header of the request is not valid HTTP${alert(note)}. A line break that was pasted along with the token does that, or a proxy that writes headers of its own.`,
  'length-broken': (note) =>
    `The headers of the request do not say how long its body is, or contradict one another${alert(note)}. A proxy that adds a header of its own does that.`,
  'target-broken': () =>
    'The URL of the request holds a blank or a letter that has to be percent-encoded in one, such as in a filter. A proxy in between that decodes URLs does that too.',
  'behind-request': () =>
    'More came on the connection than the request before it said: its Content-Length is missing, or smaller than its body. It has to count bytes: a letter such as “ä” has two.',
  'method-unknown': () =>
    'The method of the request is none that HTTP clients use for SCIM: GET, POST, PUT, PATCH and DELETE.',
  'headers-too-large': () =>
    'The headers of the request are larger than the limit. Look at what a proxy in between adds to each request.',
  'not-in-time': () => 'The headers of the request did not arrive in time. Look at the tunnel or proxy in between.',
  'expectation-refused': () => 'The request has a header Expect that asks for something else than "100-continue".',
  'host-missing': () => 'The request has no Host header, which HTTP/1.1 requires.',
  'host-repeated': () =>
    'The request has more than one Host header, so that nobody can say for which host it is. Look at the proxy in between.',
  'authorization-repeated': () =>
    'The request has several Authorization headers that differ, so that nobody can say which of them counts; none was tried. Look at the proxy in between.',
  'rate-limited': () => 'Too many requests came in a short time; the identity provider was told when to try again.',
  'wrong-tokens': () =>
    'More than ten wrong tokens came from this address within a minute; it was told to wait. The right one is served meanwhile.',
  'version-mismatch': (note) =>
    // Older logs have it so.
    note.path === 'If-None-Match'
      ? onlyIfAbsent
      : 'The record has changed since the client read it: its version is not the one that the request names (If-Match, or version in a bulk request), so nothing was changed.',
  'only-if-absent': () => onlyIfAbsent,
  'precondition-failed': (note) =>
    `${named(note, 'The record')} has changed since it was read: its version is not the one in If-Match.`,
  'body-broken-off': () =>
    'The connection was closed before the whole body had come, so nothing was changed. Look at the tunnel or proxy in between if it happens often.',
  'client-gone': () =>
    'The client had closed the connection, or its end of it, before the answer was sent, and has most likely never read it.',
  'not-modified': () => 'The client has the current version already.',
  failed: (note) => `The request failed${note.seen === undefined ? '' : `: ${note.seen.replaceAll(/\s+/g, ' ')}`}.`,
}
