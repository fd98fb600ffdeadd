import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useSearchParams } from 'wouter'
import { useShortcut } from '../../app/use-shortcut.ts'
import { isolated } from '../../components/text/isolated.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { ConversionTabs } from './conversion-tabs.tsx'
import { SaveMappingButton } from './save-mapping-button.tsx'
import { formWidth } from '../../components/page/widths.ts'

function Found({ userName }: { readonly userName: string }) {
  const engine = useEngine()
  const { directory, to } = useDirectory()
  const query = useQuery(engine.conversions.lookUp.queryOptions({ input: { directory, userName } }))
  return (
    <QueryView query={query} lines={1}>
      {(people) =>
        people.length === 0 ? (
          <Nothing why="filtered" title={`Nobody has or had the user ID “${isolated(userName)}”`}>
            A user ID counts as a whole; small and capital letters make no difference. Parts of names are found under{' '}
            <TextLink href={to('/users', { q: userName })}>Users</TextLink>.
          </Nothing>
        ) : (
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Who it leads to">
            {people.map(({ id, userName: present, isPresent }) => (
              <Text component="li" size="sm" key={id} className="breakable">
                <TextLink href={to(`/users/${id}`)}>
                  <bdi>{present}</bdi>
                </TextLink>{' '}
                <Text span size="sm" c="dimmed">
                  {isPresent ? 'has it now' : 'had it before a conversion'}
                </Text>
              </Text>
            ))}
          </Stack>
        )
      }
    </QueryView>
  )
}

/** Who had which user ID before a conversion. */
export function OldIdsScreen() {
  const { directory } = useDirectory()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [draft, setDraft] = useState(asked)
  const [told, setTold] = useState(asked)
  const input = useRef<HTMLInputElement>(null)
  useShortcut({ key: '/', label: 'Look up a user ID', onPress: () => input.current?.focus() })

  // Back leads to what was looked up before.
  if (asked !== told) {
    setTold(asked)
    setDraft(asked)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (draft.trim() === '') next.delete('q')
      else next.set('q', draft.trim())
      return next
    })
  }

  return (
    <>
      <ConversionTabs current="/conversion/old-ids" />
      <Stack gap="md" maw={formWidth}>
        <Panel title="Look somebody up">
          <Stack gap="sm">
            <form onSubmit={submit}>
              <Group gap="xs" align="flex-end">
                <TextInput
                  ref={input}
                  label="User ID, old or present"
                  placeholder="jsmith"
                  maxLength={1000}
                  value={draft}
                  onChange={(event) => setDraft(event.currentTarget.value)}
                  flex="1 1 260px"
                />
                <Button type="submit" h={36}>
                  Look up
                </Button>
              </Group>
            </form>
            {asked !== '' && <Found key={`${directory} ${asked}`} userName={asked} />}
          </Stack>
        </Panel>
        <Panel title="For single sign-on elsewhere">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              A CSV file with everybody who was converted: the old user ID, the present one, the id in SCIM, and the
              job. Applications that still know people by the old one are brought up to date with it.
            </Text>
            <SaveMappingButton job={null} />
          </Stack>
        </Panel>
      </Stack>
    </>
  )
}
