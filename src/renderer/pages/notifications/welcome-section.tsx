import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Integration } from '../../../contract/integrations.ts'
import { DeletedNotice } from '../../components/state/deleted-notice.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StoredForm } from '../../components/form/stored-form.tsx'
import { useStaysUnsaved } from '../../components/form/use-stays-unsaved.ts'
import { useEngine } from '../../rpc/engine.ts'
import { WelcomeEditor } from './welcome-editor.tsx'
import { WelcomeSwitch } from './welcome-switch.tsx'

function WelcomeOf({ slug, name }: { readonly slug: string; readonly name: string }) {
  const engine = useEngine()
  const query = useQuery(engine.notifications.welcome.queryOptions({ input: { slug } }))
  const all = useQuery(engine.notifications.get.queryOptions())
  return (
    <QueryView query={query} lines={8}>
      {(welcome) => {
        const hasMail = all.data?.smtp !== null
        return (
          <>
            <WelcomeSwitch slug={slug} name={name} welcome={welcome} hasMail={hasMail} />
            <StoredForm stored={welcome.template}>
              {(template, key) => (
                <WelcomeEditor key={key} slug={slug} welcome={{ ...welcome, template }} hasMail={hasMail} />
              )}
            </StoredForm>
          </>
        )
      }}
    </QueryView>
  )
}

interface ChosenWelcomeProps {
  /** Undefined: the first one. */
  readonly slug: string | undefined
  readonly integrations: readonly Integration[]
}

function ChosenWelcome({ slug, integrations }: ChosenWelcomeProps) {
  const [, navigate] = useLocation()
  const [shown, setShown] = useState<Integration>()
  const find = (wanted: string | undefined) => integrations.find((each) => each.slug === wanted)
  const isGone = shown !== undefined && (slug ?? shown.slug) === shown.slug && !find(shown.slug)
  const stays = useStaysUnsaved(isGone)
  const present = slug === undefined ? (find(shown?.slug) ?? integrations[0]) : find(slug)
  const chosen = stays ? shown : present
  if (chosen && chosen !== shown) setShown(chosen)
  if (!chosen)
    return (
      <Nothing
        why="empty"
        title={slug === undefined ? 'No identity provider is connected yet' : `There is no integration “${slug}”`}
        action={
          <Button component={Link} href={slug === undefined ? '/integrations/new' : '/notifications/welcome'}>
            {slug === undefined ? 'Connect an identity provider' : 'Show the first one'}
          </Button>
        }
      >
        Each integration has a welcome mail of its own, off until it is switched on.
      </Nothing>
    )
  const choices = stays ? [...integrations, chosen] : integrations
  return (
    <>
      <Select
        label="Whom this integration creates"
        data={choices.map((each) => ({ value: each.slug, label: each.name }))}
        value={chosen.slug}
        onChange={(value) => value !== null && navigate(`/notifications/welcome/${value}`)}
        allowDeselect={false}
        maw={360}
      />
      <WelcomeOf key={chosen.slug} slug={chosen.slug} name={chosen.name} />
      {stays && <DeletedNotice name={chosen.name} />}
    </>
  )
}

/** The mail to people whom an integration creates. */
export function WelcomeSection({ slug }: { readonly slug: string | undefined }) {
  const engine = useEngine()
  const query = useQuery(engine.integrations.list.queryOptions())
  return (
    <QueryView query={query}>{(integrations) => <ChosenWelcome slug={slug} integrations={integrations} />}</QueryView>
  )
}
