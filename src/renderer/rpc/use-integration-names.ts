import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { namesOf, type NameOfIntegration } from '../components/text/integration-names.ts'
import { useEngine } from './engine.ts'

/** What integrations are called; until that is known, none has a name. */
export function useIntegrationNames(): NameOfIntegration {
  const { data } = useQuery(useEngine().integrations.list.queryOptions())
  return useMemo(() => namesOf(data ?? []), [data])
}
