import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import type { ConversionOptions } from '../../../contract/conversions.ts'
import { Notice } from '../../components/state/notice.tsx'
import { problemOf } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { originText } from './outcome-text.ts'
import classes from './try-out-view.module.css'

const pauseMs = 250

/** What the options make of a few people of the directory. */
export function TryOutView({ options, hasList }: { readonly options: ConversionOptions; readonly hasList: boolean }) {
  const engine = useEngine()
  const { directory } = useDirectory()
  const [asked] = useDebouncedValue(options, pauseMs)
  const query = useQuery(
    engine.conversions.tryOut.queryOptions({
      input: { directory, options: asked, hasList },
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  const problem = query.isError ? problemOf(query.error) : (query.data?.problem ?? null)
  if (problem !== null)
    return (
      <Notice meaning="attention" title="These options cannot be used yet" isNew>
        {problem}
      </Notice>
    )
  if (!query.data) return null
  const { users } = query.data
  return (
    <div className={classes['box']} aria-live="polite">
      <Text size="xs" fw={500} c="dimmed">
        For example{hasList ? ', without your list' : ''}
      </Text>
      {users.length === 0 ? (
        <Text size="sm">Of the first few hundred people, nobody would be converted by these options.</Text>
      ) : (
        <ul>
          {users.map(({ id, userName, target, origin, reason }) => (
            <li key={id}>
              <bdi className="breakable">{userName}</bdi>
              <ArrowRight size={12} aria-label="becomes" />
              <span className="breakable">
                {target === null || reason !== null ? (
                  <>
                    {target !== null && (
                      <>
                        <bdi>{target}</bdi>:{' '}
                      </>
                    )}
                    <span className={classes['reason']}>{reason}</span>
                  </>
                ) : (
                  <>
                    <bdi>{target}</bdi> <span className={classes['origin']}>{originText(origin ?? '')}</span>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
