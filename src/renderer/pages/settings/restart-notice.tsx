import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNews } from '../../stores/news.ts'

/** Says what was set and is not in force yet, and what kept the endpoint from it. */
export function RestartNotice({ needsRestart }: { readonly needsRestart: boolean }) {
  const engine = useEngine()
  const endpoint = useNews((state) => state.news?.endpoint)
  const restart = useMutation(engine.endpoint.restart.mutationOptions())
  const problem = endpoint?.problem ?? null
  if (!needsRestart && problem === null) return <Problem error={restart.error} />
  return (
    <>
      {problem !== null && (
        <Notice meaning="failure" title="The endpoint could not take over what was set" isNew>
          {problem}
        </Notice>
      )}
      {needsRestart && (
        <Notice
          meaning="attention"
          title="Saved, and not in force yet"
          action={
            <Button
              leftSection={<RotateCw size={14} aria-hidden />}
              loading={restart.isPending}
              onClick={() => restart.mutate({})}
            >
              Restart the endpoint
            </Button>
          }
        >
          It takes effect when the endpoint is restarted. Requests under way are answered first; for a moment identity
          providers get no connection, and they try again by themselves. If it cannot listen there, it goes back.
        </Notice>
      )}
      <Problem error={restart.error} />
    </>
  )
}
