import { unreachable } from '../../../scim/unreachable.ts'
import type { FailingSubject } from './failing-subject.ts'

/** What to do about somebody who fails, in a sentence or two. */
export function adviceFor({
  kind,
  noun,
  answer,
  scimType,
}: Pick<FailingSubject, 'kind' | 'noun' | 'answer' | 'scimType'>): string {
  const name = noun === 'user' ? 'userName' : 'name'
  switch (kind) {
    case 'conflict':
      if (answer.includes('and the externalId of this request'))
        return `This is the same ${noun}, to whom the identity provider has lost its link. Delete neither: let it look for the ${name} before it creates, or restart provisioning so that it is matched again.`
      if (answer.includes('belongs to a local administrator'))
        return 'A local administrator has this userName, whom no identity provider can match or change. Leave that person out of the assignment there, or give the administrator another userName here.'
      return `This ${name} is here already. If it is the same ${noun}, let the identity provider match on the ${name}, so that it finds the ${noun} and creates nobody. Rename or delete one of the two only if they are two.`
    case 'ambiguous':
      return 'Several records have the value that the identity provider matches on. Correct or delete the others, so that one is left.'
    case 'invalid':
      if (answer.includes('is not an e-mail address, which'))
        return 'The policy of the integration wants a userName to be an e-mail address. Map an attribute that holds one onto userName in the identity provider, or change the policy.'
      if (answer.includes('would then contain itself'))
        return 'The group would contain itself. Take one of the two groups out of the other in the identity provider.'
      if (answer.startsWith('This integration is strict'))
        return 'The integration is strict. Have the identity provider send what the answer says, or switch Strict off in the policy of the integration.'
      if (answer.includes('resource type has no attribute'))
        return `The identity provider looks for the ${noun} by an attribute that there is none of here. Let it match by the ${name}, or add the attribute under Attributes.`
      if (scimType === 'invalidPath')
        return 'The target that the identity provider sends to is no attribute here, whatever the value. Correct the target attribute in the mapping, or take it out of it.'
      return answer.includes('cannot become a member')
        ? 'The member is not here yet, or was purged. Provision the member first; the identity provider then tries the group again.'
        : 'The value is not valid here. Correct it in the identity provider, or take the attribute out of the mapping.'
    case 'not-found':
      return `The ${noun} is no longer here, but the identity provider still knows it. Restore it here, or restart provisioning so that it is matched again.`
    case 'not-allowed':
      return 'The policy of the integration forbids this change. Allow it there if it is wanted, or take it out of the scope in the identity provider.'
    case 'too-large':
      return 'The request was larger than allowed. Send fewer members at once, or raise the limit.'
    case 'server-error':
      return 'Rollcall could not answer. The identity provider tries again by itself; "rollcall doctor" says what is wrong if it goes on.'
    case 'other':
      return 'Open the request to see why it was answered like that.'
    default:
      return unreachable(kind)
  }
}
