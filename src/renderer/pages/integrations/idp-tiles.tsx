import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './idp-tiles.module.css'

/** Which identity provider is to be connected. */
export function IdpTiles() {
  const engine = useEngine()
  const query = useQuery(engine.integrations.idps.queryOptions())
  return (
    <QueryView query={query} lines={6}>
      {(idps) => (
        <ul className={classes['tiles']}>
          {idps.map(({ id, name, summary }) => (
            <li key={id}>
              <Link href={`/integrations/new/${id}`} className={classes['tile']}>
                <Text fw={500}>{name}</Text>
                <Text size="xs" c="dimmed">
                  {summary}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </QueryView>
  )
}
