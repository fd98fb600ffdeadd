import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { SavedFile } from '../../../contract/saved-file.ts'
import { fetchFile } from '../../components/file/fetch-file.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'

function savedText(saved: SavedFile): string {
  if (saved.kind === 'fetch') return `The browser is fetching ${saved.name}.`
  return saved.kind === 'written' ? `Saved to ${saved.file}, readable for you alone.` : ''
}

/** Saves the report of a check as one file that needs nothing else. */
export function SaveReportButton({ id }: { readonly id: string }) {
  const engine = useEngine()
  const save = useMutation(
    engine.endpointTests.saveReport.mutationOptions({
      onSuccess(saved) {
        if (saved.kind === 'fetch') fetchFile(saved.path, saved.name)
      },
    }),
  )
  return (
    <>
      <Button
        variant="default"
        leftSection={<Download size={14} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate({ id })}
      >
        Save the report
      </Button>
      <Text size="xs" c="dimmed" role="status" className="breakable">
        {save.data && savedText(save.data)}
      </Text>
      <Problem error={save.error} />
    </>
  )
}
