import { Anchor, Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Plug, UsersRound } from 'lucide-react'
import { Link } from 'wouter'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './first-run.module.css'

interface FirstRunProps {
  readonly hasSample: boolean
}

/** The first thing that somebody sees: what Rollcall is for, and two ways to begin. */
export function FirstRun({ hasSample }: FirstRunProps) {
  const engine = useEngine()
  const addSample = useMutation(engine.directories.addSample.mutationOptions())
  return (
    <section className={classes['frame']} aria-label="Begin here">
      <div className={classes['way']}>
        <Plug size={20} aria-hidden />
        <Text fw={600}>Connect an identity provider</Text>
        <Text size="sm" c="dimmed">
          Entra ID, Okta and others create, change and remove people and groups here over SCIM. You get the address and
          a token to paste into its portal, step by step. It takes about ten minutes.
        </Text>
        <Button component={Link} href="/integrations/new">
          Connect an identity provider
        </Button>
        <Anchor component={Link} href="/start" size="sm">
          See all the first steps
        </Anchor>
      </div>
      <div className={classes['way']}>
        <UsersRound size={20} aria-hidden />
        <Text fw={600}>Look around first</Text>
        <Text size="sm" c="dimmed">
          Fill the directory with a sample organisation of 30 people and 5 groups. Everything in it is marked as a
          sample, and one button removes it again.
        </Text>
        <Button
          variant="default"
          loading={addSample.isPending}
          disabled={hasSample}
          onClick={() => addSample.mutate({})}
        >
          {hasSample ? 'The sample is there' : 'Fill with a sample organisation'}
        </Button>
        <Problem error={addSample.error} />
      </div>
    </section>
  )
}
