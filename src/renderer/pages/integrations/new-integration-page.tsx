import { Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { offeredIdp, type OfferedIdp } from '../../../contract/integrations.ts'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { useUnsaved } from '../../components/form/use-unsaved.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { useFreshToken } from '../../stores/fresh-token.ts'
import { IdpTiles } from './idp-tiles.tsx'
import { PublicAddress } from './public-address.tsx'
import { ReachList } from './reach-list.tsx'
import { SetupFrame } from './setup-frame.tsx'
import { usePublicAddress } from './use-public-address.ts'

/** The first two steps of connecting an IdP: which one, and by what address it gets here. */
export function NewIntegrationPage() {
  const { idp: given } = useParams<{ idp?: string }>()
  const idp = offeredIdp.safeParse(given).data
  return (
    <>
      <PageHeader title="Connect an identity provider" above={[{ label: 'Integrations', path: '/integrations' }]} />
      <SetupFrame
        current={idp ? 'address' : 'choose'}
        hrefOf={(step) => (step === 'choose' ? '/integrations/new' : undefined)}
        isDone={(step) => step === 'choose' && idp !== undefined}
      >
        {idp ? (
          <AddressStep idp={idp} />
        ) : (
          <Stack gap="sm">
            <Title order={2}>Which one?</Title>
            <IdpTiles />
          </Stack>
        )}
      </SetupFrame>
    </>
  )
}

function AddressStep({ idp }: { readonly idp: OfferedIdp }) {
  const engine = useEngine()
  const connection = useConnection()
  const [, navigate] = useLocation()
  const showToken = useFreshToken((state) => state.show)
  const address = usePublicAddress()
  const idps = useQuery(engine.integrations.idps.queryOptions())
  const reach = useQuery(engine.integrations.reach.queryOptions({ input: { idp } }))
  const offered = idps.data?.find(({ id }) => id === idp)
  const usual = idp === 'generic' ? '' : (offered?.name ?? '')
  const [typed, setTyped] = useState<string>()
  const name = typed ?? usual
  const create = useMutation({
    // The answer holds the token, which has no business in a cache: only the slug comes out of here.
    async mutationFn() {
      // Whoever typed an address means it: without it, the next steps would show one that leads nowhere.
      if (!(await address.save())) return undefined
      const created = await connection.engine.integrations.create({ name, idp })
      showToken(
        created.slug,
        created.token,
        `${name} signs in with this token. Paste it into its portal in the next step.`,
      )
      return created.slug
    },
    onSuccess: (slug) => slug !== undefined && navigate(`/integrations/${slug}/setup/token`),
  })

  const problem = fieldProblems(create.error).get('name')
  const form = useFocusOnReason<HTMLFormElement>(create.error)

  useUnsaved(typed !== undefined && typed !== usual && !create.isPending)

  function submit(event: FormEvent): void {
    event.preventDefault()
    create.mutate()
  }

  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Title order={2}>How {offered?.name ?? 'it'} gets here</Title>
        <QueryView query={reach}>
          {({ options, needs }) => (
            <Stack gap="md">
              <div>
                <Text size="sm" fw={500} mb={4}>
                  Have ready
                </Text>
                <List size="sm" spacing={2}>
                  {needs.map((need) => (
                    <List.Item key={need}>{need}</List.Item>
                  ))}
                </List>
              </div>
              <div>
                <Text size="sm" fw={500} mb={4}>
                  The identity provider is elsewhere. These are ways for it to reach this machine:
                </Text>
                <ReachList options={options} />
              </div>
            </Stack>
          )}
        </QueryView>
      </Stack>
      <PublicAddress address={address} />
      <form ref={form} onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name of the integration"
            description="To tell several apart: by product, environment or team."
            placeholder="Entra ID production"
            required
            maw={420}
            value={name}
            error={problem}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {problem === undefined && <Problem error={create.error} title="The integration was not created." />}
          <Group gap="xs">
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Create the integration
            </Button>
            <Button component={Link} href="/integrations/new" variant="default">
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  )
}
