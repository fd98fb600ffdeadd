import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ErrorExplanation } from '../../../contract/help.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './entries.module.css'
import { isMeant } from './find-errors.ts'

interface ErrorListProps {
  readonly text: string
  readonly onClear: () => void
}

function Entries({ errors }: { readonly errors: readonly ErrorExplanation[] }) {
  return (
    <dl className={classes['entries']}>
      {errors.map(({ id, title, meaning, nextStep }) => (
        <div key={id} id={id}>
          <dt>{title}</dt>
          <dd>
            {meaning}
            <Text size="sm" mt={4}>
              <strong>Next:</strong> {nextStep}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What Rollcall answers and what the portals say, with what to do about it. */
export function ErrorList({ text, onClear }: ErrorListProps) {
  const engine = useEngine()
  const query = useQuery(engine.help.errors.queryOptions({ staleTime: Infinity }))
  return (
    <QueryView query={query} lines={12}>
      {({ answers, portals }) => {
        const ours = answers.filter((each) => isMeant(each, text))
        const theirs = Map.groupBy(
          portals.filter((each) => isMeant(each, text)),
          (each) => each.idpName,
        )
        if (ours.length === 0 && theirs.size === 0)
          return (
            <Nothing
              why="filtered"
              title="No explanation has that in it"
              action={
                <Button variant="default" onClick={onClear}>
                  Show all of them
                </Button>
              }
            >
              Look for the request itself under <TextLink href="/requests">Requests</TextLink>: it says why it was
              answered so.
            </Nothing>
          )
        return (
          <>
            {[...theirs].map(([idpName, errors]) => (
              <Panel key={idpName} title={`What ${idpName} says`}>
                <Entries errors={errors} />
              </Panel>
            ))}
            {ours.length > 0 && (
              <Panel title="What Rollcall answers">
                <Entries errors={ours} />
              </Panel>
            )}
          </>
        )
      }}
    </QueryView>
  )
}
