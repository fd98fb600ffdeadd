import { Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { useParams } from 'wouter'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { bytesText } from '../../components/text/amount-text.ts'
import { PageHeader } from '../../components/page/page-header.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { saveFile } from '../../components/file/save-file.ts'
import { useConnection } from '../../rpc/engine.ts'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { ImportProgressView } from './import-progress-view.tsx'
import { sendImport } from './send-import.ts'
import { useFileDrop } from './use-file-drop.ts'
import { formWidth } from '../../components/page/widths.ts'
import classes from './import-page.module.css'

/** Imports people from a CSV file: chosen, looked through, and only then written. */
export function ImportPage() {
  const { id } = useParams<{ id?: string }>()
  const { to } = useDirectory()
  return (
    <>
      <PageHeader
        title="Import people"
        above={[{ label: 'Users', path: to('/users') }]}
        actions={id === undefined ? <DirectorySwitch path="/users/import" /> : undefined}
      />
      {id === undefined ? <ChooseFile /> : <ImportProgressView key={id} id={id} />}
    </>
  )
}

function ChooseFile() {
  const connection = useConnection()
  const navigate = useWayOn()
  const { directory, to } = useDirectory()
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState(0)
  const send = useMutation({
    mutationFn: (file: File) => sendImport(connection, directory, file, setSent),
    onSuccess: (id) => navigate(to(`/users/import/${id}`)),
  })
  const template = useMutation({
    mutationFn: () => connection.engine.imports.template({ directory }),
    onSuccess: ({ csv }) => saveFile('people.csv', [csv], 'text/csv'),
  })

  function choose(files: FileList | null): void {
    const file = files?.item(0)
    if (file && !send.isPending) send.mutate(file)
  }

  const { zone, isOver } = useFileDrop(choose)

  return (
    <Stack gap="lg" maw={formWidth}>
      <div ref={zone} className={classes['drop']} data-over={isOver || undefined} role="group" aria-label="The file">
        <FileUp size={22} aria-hidden />
        <Text size="sm">Drop a CSV file here, or</Text>
        <Button loading={send.isPending} onClick={() => input.current?.click()}>
          Choose a CSV file
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          className="unseen"
          tabIndex={-1}
          // The button beside it is the way to it.
          aria-hidden
          aria-label="CSV file"
          onChange={(event) => {
            choose(event.currentTarget.files)
            // Else the same file, mended, could not be chosen again.
            event.currentTarget.value = ''
          }}
        />
        <Text size="xs" c="dimmed" ta="center" role="status">
          {send.isPending
            ? `${bytesText(sent)} of ${bytesText(send.variables.size)} sent`
            : 'Nothing is written before you have seen what will happen.'}
        </Text>
      </div>
      <Problem error={send.error} title="The file was not taken." />
      <section aria-labelledby="columns">
        <Title order={2} id="columns" mb={6}>
          What the file looks like
        </Title>
        <List size="sm" spacing={4}>
          <List.Item>
            Its first line names the columns: <code>userName</code>, which must be there, and any other attribute, such
            as <code>displayName</code>, <code>name.givenName</code>, <code>email</code>, <code>active</code>,{' '}
            <code>role</code>, <code>title</code>, or a custom attribute by its exact name.
          </List.Item>
          <List.Item>A person is found by userName, whatever the letter case, and made when there is none.</List.Item>
          <List.Item>An empty cell leaves the value as it is.</List.Item>
          <List.Item>
            Text in UTF-8, or as Excel saves “Unicode Text”; comma, semicolon or tab between the cells. An export can be
            imported again.
          </List.Item>
        </List>
        <Group gap="xs" mt="sm">
          <Button variant="default" loading={template.isPending} onClick={() => template.mutate()}>
            Save a template
          </Button>
        </Group>
        <Problem error={template.error} />
      </section>
    </Stack>
  )
}
