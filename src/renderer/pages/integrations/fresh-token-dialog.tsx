import type { Integration } from '../../../contract/integrations.ts'
import { isolated } from '../../components/text/isolated.ts'
import { SecretDialog } from '../../components/dialog/secret-dialog.tsx'
import { useFreshToken } from '../../stores/fresh-token.ts'

/** Shows the token that was issued just now, once. */
export function FreshTokenDialog({ integration }: { readonly integration: Integration }) {
  const fresh = useFreshToken((state) => state.fresh)
  const drop = useFreshToken((state) => state.drop)
  const own = fresh?.slug === integration.slug ? fresh : undefined
  return (
    <SecretDialog
      title={`New token for ${isolated(integration.name)}`}
      secret={own?.token}
      consequence={own?.consequence ?? ''}
      onDone={drop}
    />
  )
}
