import { connectionErrors } from './connection-errors.ts'
import type { AnswerError } from './error-explanation.ts'
import { filterErrors } from './filter-errors.ts'
import { entraQuarantine, tokenErrors } from './token-errors.ts'

/** Where a client reads what there is to read. */
const discovery = ['Schemas', 'ResourceTypes', 'ServiceProviderConfig']

const entraBackOff = 'Entra ID tries it again after 6, 12 and 24 hours, then once a day for 28 days.'

const scim1 = {
  codes: ['scim-1'],
  meaning: 'The client speaks SCIM 1.1, the version before, and Rollcall speaks SCIM 2.0.',
  nextStep: 'Choose SCIM 2.0 in the identity provider, or the app of its catalogue that is made for it.',
  idps: {
    okta: 'Okta has an app for each version in its catalogue: take one that begins with “SCIM 2.0 Test App”. Its Provisioning Agent speaks SCIM 2.0 from version 2.1.0 on, and only where the base URL ends in /v2/, slash included.',
    onelogin: 'OneLogin has an app for each version in its catalogue: take one with “SCIM v2” in its name.',
    ping: 'PingOne has it as SCIM version in the connection.',
  },
} as const

/** Every way in which Rollcall refuses or fails a request. The first of equals wins; one without codes and types stands for its status. */
export const answerErrors: readonly AnswerError[] = [
  {
    id: 'operations-refused',
    title: '200 · operations of the bulk request failed',
    status: 200,
    codes: ['operation-refused'],
    meaning:
      'A bulk request is answered with 200 whatever becomes of its operations; some of this one were refused, and have changed nothing.',
    nextStep:
      'The trace names each of them with its status and its reason: mend that at its source, and let those be sent again. With failOnErrors in the request, what stands behind them was not tried.',
  },
  ...filterErrors,
  {
    id: 'parameter-refused',
    title: '400 · a parameter of the URL does not fit',
    status: 400,
    methods: ['GET', 'HEAD'],
    scimTypes: ['invalidValue', 'invalidPath', 'invalidCount'],
    meaning:
      'A parameter behind the question mark, such as count, startIndex, sortBy or attributes, has a value that it cannot have.',
    nextStep:
      'The answer says which value. Identity providers write these parameters by themselves: look at the script or the connector that sends the request.',
  },
  {
    id: 'path-refused',
    title: '400 · a path names no attribute',
    status: 400,
    scimTypes: ['invalidPath'],
    meaning:
      'The request names an attribute that no schema of this directory has, or that cannot be used so, in a PATCH or as the order of a list.',
    nextStep:
      'Compare the target attribute in the identity provider’s mapping with the names under Attributes, letter by letter, its URN included.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'nothing-meant',
    title: '400 · a change hits nothing',
    status: 400,
    scimTypes: ['noTarget'],
    meaning:
      'An operation of a PATCH does not say what it is about: a remove has no path, or the filter in a path finds no entry and describes none that could be made.',
    nextStep:
      'The answer names the operation or its path. A remove needs a path, such as members[value eq "id"]; a filter in a path has to ask for one value, as emails[type eq "work"] does. Correct that in the mapping of the identity provider, or in the script that sends it.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'value-refused',
    title: '400 · a value does not fit',
    status: 400,
    scimTypes: ['invalidValue'],
    meaning: 'A required value is missing, or a value is of the wrong type for its attribute.',
    nextStep:
      'The answer names the attribute. Mend the value at its source, or the expression in the mapping that makes it.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'member-not-here',
    title: '400 · a member is not here',
    status: 400,
    codes: ['member-not-here'],
    meaning:
      'A group is to get a member whose id no user and no group of this directory has, so nothing of the change was done.',
    nextStep:
      'Look up the id in the request. Most often it is one of another system: the identity provider linked that person before it was set up with this directory. Let it forget the link, or provision the person first.',
    idps: {
      okta: 'Okta sends members that it has provisioned before: remove the person’s assignment, and add it again.',
    },
  },
  {
    id: 'group-in-itself',
    title: '400 · a group would contain itself',
    status: 400,
    codes: ['group-in-itself'],
    meaning: 'The member is a group that contains, directly or through others, the group that it was to join.',
    nextStep: 'Take one of the two groups out of the other at the identity provider.',
  },
  {
    id: 'required-removed',
    title: '400 · a required value was to be removed',
    status: 400,
    codes: ['required-removed'],
    meaning:
      'The request empties an attribute that everybody must have: the userName of a user, or the displayName of a group. The source of the value has become empty.',
    nextStep:
      'Give the person or the group a value at the source, or the mapping a default value. Leave the mapping itself in place.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'address-required',
    title: '400 · the userName is no e-mail address',
    status: 400,
    codes: ['address-required'],
    meaning: 'The policy of the integration wants every new userName to be an e-mail address, and this one is none.',
    nextStep:
      'Map an attribute that holds an e-mail address onto userName in the identity provider. Or take that demand out of the policy of the integration.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'not-changeable',
    title: '400 · the attribute cannot be changed',
    status: 400,
    scimTypes: ['mutability'],
    meaning: 'The request changes an attribute that only Rollcall sets, such as id, or groups of a user.',
    nextStep:
      'Take the attribute out of the identity provider’s mapping. If it is the groups of a user, let the identity provider change the members of the groups instead; SailPoint does so with updateGroupsViaUsers set to false.',
  },
  {
    id: 'too-many',
    title: '400 · too much would match',
    status: 400,
    scimTypes: ['tooMany'],
    meaning: 'The request asks for more than one answer may hold.',
    nextStep: 'Narrow the filter or ask in pages.',
  },
  {
    id: 'cursor-refused',
    title: '400 · the page cannot be continued',
    status: 400,
    scimTypes: ['invalidCursor', 'expiredCursor'],
    meaning:
      'The cursor of the page before is too old, was changed on the way, or belongs to another list; or it came together with startIndex, which is another way of asking for pages.',
    nextStep:
      'Begin the list again from its first page, with a cursor or with startIndex alone; an identity provider does so with its next cycle.',
  },
  {
    id: 'attribute-not-here',
    title: '400 · an attribute that is not here',
    status: 400,
    codes: ['attribute-not-here'],
    meaning: 'The request has an attribute that no schema of this directory defines, and the integration is strict.',
    nextStep:
      'Take the attribute out of the identity provider’s mapping, or define it under Attributes and use its full name there. Or switch Strict off in the policy of the integration: then it is ignored with a note.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'strict-refused',
    title: '400 · the integration is strict',
    status: 400,
    codes: ['strict-refused'],
    meaning:
      'The request departs from the RFC in a way that many identity providers do; a lenient integration accepts it with a note, and this one is strict.',
    nextStep:
      'The answer says what to send instead. Where that cannot be set in the identity provider, switch Strict off in the policy of the integration.',
    idps: { entra: entraBackOff },
  },
  { id: 'scim-1', title: '400 · SCIM 1.1', status: 400, ...scim1 },
  {
    id: 'body-broken-off',
    title: '400 · the connection broke off',
    status: 400,
    codes: ['body-broken-off'],
    meaning: 'The connection was closed before the whole body had come, so nothing was changed.',
    nextStep:
      'Nothing, if it is rare: the identity provider sends it again. If it happens often, look at how large a body and how long a request the tunnel or proxy in between lets through.',
  },
  {
    id: 'address-unreadable',
    title: '400 · the address cannot be read',
    status: 400,
    methods: ['GET', 'HEAD', 'DELETE'],
    scimTypes: ['invalidSyntax'],
    meaning:
      'The path of the request is not encoded as those of URLs are: a percent sign stands there without its two digits.',
    nextStep:
      'Look at the path under Request. An id has to be sent as it was given; a proxy in between that decodes and encodes paths can break it too.',
  },
  {
    id: 'unreadable',
    title: '400 · the request cannot be read',
    status: 400,
    scimTypes: ['invalidSyntax'],
    meaning: 'The body is missing, is no JSON, or not of the shape that SCIM asks for.',
    nextStep:
      'Look at the body under Request. Where the identity provider lets you edit it, as in OneLogin’s JSON template, check braces, commas and quotes.',
    idps: { onelogin: 'OneLogin makes the body from its SCIM JSON Template under Configuration.' },
  },
  {
    id: 'bad-request',
    title: '400 · the request is refused',
    status: 400,
    meaning: 'The request is not one that SCIM allows.',
    nextStep: 'Read the sentence in the answer: it names what is wrong.',
  },
  ...tokenErrors,
  {
    id: 'integration-disabled',
    title: '403 · the integration is disabled',
    status: 403,
    codes: ['integration-disabled'],
    meaning: 'Somebody disabled this integration, so that every request of it is refused.',
    nextStep:
      'Enable it under Integrations. To hold it for a while, pause it instead: then nothing counts as a failure.',
    idps: { entra: entraQuarantine },
  },
  {
    id: 'administrator-inactive',
    title: '403 · nobody to act as',
    status: 403,
    codes: ['administrator-inactive'],
    meaning:
      'The user whom this integration acts as is gone, deactivated, or no Administrator or User Manager any more.',
    nextStep: 'Choose another SCIM administrator in the policy of the integration, or give that user the role back.',
    idps: { entra: entraQuarantine },
  },
  {
    id: 'policy-refused',
    title: '403 · the policy does not allow it',
    status: 403,
    codes: ['policy-refused'],
    meaning: 'The policy of the integration forbids this kind of change.',
    nextStep:
      'If the change is wanted, allow it in the policy of the integration. If not, switch the action off in the identity provider, so that it stops trying.',
    idps: { entra: entraBackOff },
  },
  {
    id: 'discovery-filter',
    title: '403 · no filter is taken here',
    status: 403,
    endpoints: discovery,
    meaning:
      'The client asks for a part of the schemas, the resource types or the configuration by a filter, which SCIM itself forbids there (RFC 7644 §4).',
    nextStep: 'Let it read the whole list, or one schema by its URN. No setting of the integration changes this.',
  },
  {
    id: 'forbidden',
    title: '403 · not allowed',
    status: 403,
    meaning: 'The token is right, and what it asks for is not allowed.',
    nextStep: 'Read the sentence in the answer: it names the rule, and the policy of the integration can change it.',
  },
  {
    id: 'other-version',
    title: '400 · another version of SCIM',
    status: 400,
    scimTypes: ['invalidVers'],
    meaning: 'The URL names a version of the protocol other than v2.',
    nextStep:
      'Compare the URL in the identity provider with the SCIM URL on the integration’s page. A client that asks for v1 most often speaks SCIM 1.1: choose SCIM 2.0 there.',
  },
  {
    id: 'no-route',
    title: '404 · nothing is at this address',
    status: 404,
    codes: ['no-route'],
    meaning:
      'The path is none of SCIM’s: most often the SCIM URL was pasted without its end, or with more behind it, such as /Users.',
    nextStep: 'Compare the URL in the identity provider with the SCIM URL on the integration’s page.',
    idps: { entra: 'Entra ID then calls the application incompatible.' },
  },
  { id: 'scim-1-config', title: '404 · SCIM 1.1', status: 404, ...scim1 },
  {
    id: 'groups-off',
    title: '404 · groups are switched off',
    status: 404,
    codes: ['groups-off'],
    meaning: 'The integration has groups switched off, so it sees none of those that are here.',
    nextStep:
      'If it is to manage groups, switch them on in the policy of the integration. If not, switch the groups off in the identity provider, so that it stops trying.',
  },
  {
    id: 'schema-not-found',
    title: '404 · no such schema or resource type',
    status: 404,
    endpoints: discovery,
    meaning: 'The client asks for a schema or a resource type by a name that is none of this directory.',
    nextStep:
      'Compare the URN with those under Attributes, letter by letter. A schema of your own is there as soon as it has an attribute. The resource types are called User and Group.',
  },
  {
    id: 'protected',
    title: '404 · a local administrator',
    status: 404,
    codes: ['protected-record'],
    meaning:
      'The id is that of a local administrator of Rollcall, whom no identity provider can see, match or change; it is told that nobody is there.',
    nextStep:
      'Leave that person out of the identity provider’s assignment, or give them another role under Users, so that they can be provisioned.',
    idps: {
      entra: 'Entra ID reports InvalidAnchor, forgets the link and looks for the person anew in the next cycle.',
    },
  },
  {
    id: 'archived',
    title: '404 · it is archived',
    status: 404,
    codes: ['record-archived'],
    meaning:
      'The person or group was deleted, by an identity provider or by hand, and stands in the archive, which SCIM does not see.',
    nextStep:
      'If that was meant, nothing is to be done. If not, restore it under Users or Groups, Archived: it comes back with its id and its memberships, and the next attempt finds it.',
    idps: { entra: 'Entra ID reports InvalidAnchor, forgets the link and looks for it anew in the next cycle.' },
  },
  {
    id: 'group-not-found',
    title: '404 · no such group',
    status: 404,
    endpoints: ['Groups'],
    meaning:
      'The identity provider remembers a group that is not here and not in the archive either: it was purged, or never existed.',
    nextStep:
      'Let the identity provider forget its link: take the group out of provisioning there and put it in again.',
    idps: {
      entra:
        'Entra ID reports InvalidAnchor, forgets the link and looks for the group by its name in the next cycle; its members follow in one of the next.',
      okta: 'In Okta, unlink the group under Push Groups and push it anew; choose Link Group where it is here under another id.',
      onelogin: 'In OneLogin, refresh the entitlements under Provisioning and apply the mappings again.',
    },
  },
  {
    id: 'not-found',
    title: '404 · no such person',
    status: 404,
    meaning:
      'The identity provider remembers a person who is not here and not in the archive either: purged, or never here.',
    nextStep: 'Let the identity provider forget its link: unassign the person there and assign them again.',
    idps: {
      entra: 'Entra ID reports InvalidAnchor, forgets the link and looks for the person anew in the next cycle.',
    },
  },
  {
    id: 'method-refused',
    title: '405 · not possible at this address',
    status: 405,
    meaning: 'The address exists, and this kind of request does not apply to it.',
    nextStep:
      'Look at method and path: most often an id is missing at the end of the path, or stands there although something is to be created. OPTIONS comes from a browser or a monitor, not from an identity provider.',
  },
  {
    id: 'here-already',
    title: '409 · it is here already',
    status: 409,
    codes: ['here-already'],
    meaning:
      'The record that was to be created is here already: it has the same name and the same externalId. The identity provider has lost its link to it.',
    nextStep:
      'Delete neither. Let the identity provider look for the record before it creates one: have it match by userName, or by displayName for groups, and try again.',
    idps: {
      entra:
        'Entra ID reports EntryConflict. Restart provisioning there: it then looks for everybody anew and links them.',
      okta: 'Okta looks for the userName when a person is assigned: unassign the person there and assign them again.',
      authentik: 'authentik does so by itself: it creates first, and looks for the record when told of the conflict.',
    },
  },
  {
    id: 'conflict',
    title: '409 · somebody has that name already',
    status: 409,
    scimTypes: ['uniqueness'],
    codes: ['uniqueness-refused'],
    meaning: 'Another record has this userName or displayName; letter case makes no difference.',
    nextStep:
      'Find the other record. If it is the same person or group, let the identity provider match by that attribute; if not, rename one of them.',
    idps: {
      entra: `Entra ID reports EntryConflict. ${entraBackOff}`,
      okta: 'Okta shows the error on the person; after mending it, press Retry in its Tasks.',
    },
  },
  {
    id: 'administrator-has-name',
    title: '409 · a local administrator has that name',
    status: 409,
    codes: ['administrator-has-name'],
    meaning:
      'The userName belongs to a local administrator of Rollcall, whom no identity provider can see, match or change; so it finds nobody of that name, and can neither create somebody under it nor give it to anybody.',
    nextStep:
      'Leave that person out of the identity provider’s assignment. Or give the local administrator another userName under Users, if that is somebody else.',
    idps: { entra: `Entra ID reports EntryConflict. ${entraBackOff}` },
  },
  {
    id: 'other-conflict',
    title: '409 · it contradicts what is here',
    status: 409,
    meaning: 'The change cannot be made beside the present state of the record.',
    nextStep: 'Read the sentence in the answer; then look at the record itself.',
  },
  {
    id: 'only-if-absent',
    title: '412 · it is here',
    status: 412,
    codes: ['only-if-absent'],
    meaning:
      'The request asks for its change only if the record is not here, or not in this version (If-None-Match). It is here, so nothing was changed.',
    nextStep:
      'No identity provider that we know sends this header with a change: look at the script or the proxy that adds it. Whoever wants to change what is here leaves it out, or sends If-Match with the version.',
  },
  {
    id: 'changed-meanwhile',
    title: '412 · the record has changed meanwhile',
    status: 412,
    meaning: 'The client wrote over a version that is not the newest one, so nothing was changed.',
    nextStep: 'Nothing to do here: the client reads the record again and repeats its change.',
  },
  {
    id: 'too-large',
    title: '413 · the request is too large',
    status: 413,
    meaning:
      'The body is larger than the limit (4 MiB unless set otherwise), or holds more operations than one request may.',
    nextStep:
      'Let the identity provider send fewer members or operations at once; many call it the batch or chunk size. Where it sends large groups whole, set a larger limit under Settings, Endpoint.',
  },
  {
    id: 'wrong-type',
    title: '415 · not plain JSON',
    status: 415,
    meaning: 'The request says that its body is something else than JSON in UTF-8, or that it is compressed.',
    nextStep:
      'The answer names which. Set the content type to application/scim+json, or leave it out, wherever it was set by hand; switch off the compression of requests (Content-Encoding) in the client or a proxy in between.',
  },
  {
    id: 'rate-limited',
    title: '429 · too many requests',
    status: 429,
    meaning: 'More requests came in a second than this integration may send.',
    nextStep:
      'Nothing is lost: it comes back by itself. If it happens often, raise the limit: that in the policy of the integration, or else the one of all integrations under Settings › Endpoint.',
    idps: {
      entra: 'Entra ID waits and tries again by itself.',
      okta: 'Okta waits as long as it is told, and gives up after ten tries: then press Retry in its Tasks.',
    },
  },
  ...connectionErrors,
  {
    id: 'bug',
    title: '500 · Rollcall failed',
    status: 500,
    meaning: 'Rollcall itself failed to answer; that is a fault of ours, and nothing was changed.',
    nextStep:
      'The log of troubles under Settings › About has the reason under the id of the request. Please report it.',
    idps: { entra: 'Entra ID tries again with the next cycle, about 40 minutes later.' },
  },
  {
    id: 'me-not-offered',
    title: '501 · no own user to show',
    status: 501,
    endpoints: ['Me'],
    meaning:
      'The client asks for the user as whom it acts (/Me). For most integrations that is a local administrator, whom SCIM neither shows nor changes; a User Manager is shown, and changed under /Users.',
    nextStep:
      'Nothing, if all else works: no identity provider that we know needs /Me. Where a client of your own does, let the integration act as a User Manager, in its policy, and read /Me only.',
  },
  {
    id: 'not-offered',
    title: '501 · not offered',
    status: 501,
    meaning: 'The client asks for a part of SCIM that Rollcall does not offer.',
    nextStep: 'Read the sentence in the answer: it says what there is instead.',
  },
  {
    id: 'paused',
    title: '503 · paused',
    status: 503,
    codes: ['integration-paused'],
    meaning: 'The integration is paused: the identity provider is asked to come back later, and does so by itself.',
    nextStep: 'Resume it under Integrations, or all of them under Settings › Endpoint, when you are ready.',
    idps: { entra: 'Entra ID tries again with the next cycle, about 40 minutes later.' },
  },
  {
    id: 'unavailable',
    title: '503 · the database cannot be used',
    status: 503,
    meaning: 'Rollcall runs and cannot write or read its data just now, as on a full disk.',
    nextStep: 'Run the checks under Settings › About: they say what is wrong with disk, database and secrets.',
    idps: { entra: 'Entra ID tries again with the next cycle, about 40 minutes later.' },
  },
]
