import type { Guide, Integration } from '../../../contract/integrations.ts'
import { Notice } from '../../components/state/notice.tsx'
import { TextLink } from '../../components/text/text-link.tsx'

interface NoAddressNoticeProps {
  readonly integration: Integration
  readonly guide: Guide
}

/** Warns while the SCIM URL leads nowhere for an IdP in the cloud. */
export function NoAddressNotice({ integration, guide }: NoAddressNoticeProps) {
  // Whatever has come in has found a way, as through an agent.
  if (guide.hasAddress || integration.lastUsedAt !== null) return null
  const hasAgent = guide.reach.some(({ needsInbound }) => !needsInbound)
  return (
    <Notice meaning="attention" title={`${integration.idpName} cannot reach ${new URL(integration.scimUrl).origin}`}>
      It is in the cloud, and the SCIM URL names this machine only.{' '}
      <TextLink href={`/integrations/${integration.slug}/setup/address`}>Give the public address</TextLink> first
      {hasAgent && ', unless it comes in through its own agent inside your network'}.
    </Notice>
  )
}
