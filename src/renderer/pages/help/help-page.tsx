import { CloseButton, Stack, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useRef } from 'react'
import { useParams, useSearchParams } from 'wouter'
import { useShortcut } from '../../app/use-shortcut.ts'
import { PageHeader } from '../../components/page/page-header.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { NotFoundPage } from '../not-found-page.tsx'
import { ErrorList } from './error-list.tsx'
import { WordList } from './word-list.tsx'
import { panelsWidth } from '../../components/page/widths.ts'

const topics = [
  { id: 'errors', label: 'Errors', placeholder: 'A message, a code or a status, such as EntryConflict or 409' },
  { id: 'words', label: 'Words', placeholder: 'A word, such as quarantine' },
] as const

/** Every error and every word of the field, explained. */
export function HelpPage() {
  const params = useParams<{ readonly topic?: string }>()
  const [search, setSearch] = useSearchParams()
  const box = useRef<HTMLInputElement>(null)
  const topic = topics.find(({ id }) => id === (params.topic ?? 'errors'))
  const text = search.get('q') ?? ''
  useShortcut({ key: '/', label: 'Search the help', onPress: () => box.current?.focus() })
  if (!topic) return <NotFoundPage />
  const show = (value: string) => setSearch(value === '' ? {} : { q: value }, { replace: true })
  return (
    <>
      <PageHeader title={topic.id === 'errors' ? 'Errors, explained' : 'The words of the field'} />
      <TabLinks
        label="Parts of the help"
        tabs={topics.map(({ id, label }) => ({ path: `/help/${id}`, label, isCurrent: id === topic.id }))}
      />
      <Stack gap="md" maw={panelsWidth}>
        <TextInput
          ref={box}
          type="search"
          aria-label="Search the help"
          placeholder={topic.placeholder}
          maxLength={200}
          leftSection={<Search size={14} aria-hidden />}
          rightSection={text !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => show('')} />}
          value={text}
          onChange={(event) => show(event.currentTarget.value)}
        />
        {topic.id === 'errors' ? (
          <ErrorList text={text} onClear={() => show('')} />
        ) : (
          <WordList text={text} onClear={() => show('')} />
        )}
      </Stack>
    </>
  )
}
