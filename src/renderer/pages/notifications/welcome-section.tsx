import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { Nothing } from '../../components/nothing.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { StoredForm } from '../../components/stored-form.tsx'
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

/** The mail to people whom an integration creates. */
export function WelcomeSection({ slug }: { readonly slug: string | undefined }) {
  const engine = useEngine()
  const [, navigate] = useLocation()
  const integrations = useQuery(engine.integrations.list.queryOptions())
  return (
    <QueryView query={integrations}>
      {(list) => {
        const chosen = slug === undefined ? list[0] : list.find((each) => each.slug === slug)
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
        return (
          <>
            <Select
              label="Whom this integration creates"
              data={list.map((each) => ({ value: each.slug, label: each.name }))}
              value={chosen.slug}
              onChange={(value) => value !== null && navigate(`/notifications/welcome/${value}`)}
              allowDeselect={false}
              maw={360}
            />
            <WelcomeOf key={chosen.slug} slug={chosen.slug} name={chosen.name} />
          </>
        )
      }}
    </QueryView>
  )
}
