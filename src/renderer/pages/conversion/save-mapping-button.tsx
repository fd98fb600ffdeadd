import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Problem } from '../../components/state/problem.tsx'
import { useConnection } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { saveStream } from './save-stream.ts'

/** Saves old and present user IDs as CSV, of one job or of all. */
export function SaveMappingButton({ job }: { readonly job: number | null }) {
  const connection = useConnection()
  const { directory } = useDirectory()
  const save = useMutation({
    mutationFn: () =>
      saveStream(connection, job === null ? 'user-ids.csv' : `user-ids-${job}.csv`, (subscription) =>
        connection.engine.conversions.mapping({ subscription, directory, job }),
      ),
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<Download size={14} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Save old and new user IDs
      </Button>
      <Problem error={save.error} title="The file was not saved." />
    </>
  )
}
