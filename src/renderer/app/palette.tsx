import { Spotlight, spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useMantineColorScheme } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  Activity,
  Bell,
  CircleHelp,
  KeyRound,
  Keyboard,
  LogOut,
  MoonStar,
  Plug,
  Plus,
  ScrollText,
  Search,
  Settings,
  User,
} from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { dialogEntry } from '../components/dialog/dialog-entry.ts'
import { askBefore, forgetUnsaved, leaveQuestion } from '../components/form/use-unsaved.ts'
import { isDesktop } from '../host.ts'
import { useConnection, useEngine } from '../rpc/engine.ts'
import { signOut } from '../rpc/session.ts'
import { useConversionActs } from '../pages/conversion/use-conversion-acts.tsx'
import { sectionPath, sections } from '../pages/settings/sections.ts'
import { notificationPath, notificationSections } from '../pages/notifications/sections.ts'
import { navigation } from './navigation.ts'
import { paletteBox, useEarlyKeys } from './use-early-keys.ts'
import classes from './palette.module.css'

interface PaletteProps {
  readonly onHelp: () => void
}

/** People who are found after the last key was pressed are not selected; Enter opens the first of them all the same. */
function openFirst(event: KeyboardEvent): void {
  // What is being composed, as Chinese and Japanese are, is finished by the same key.
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || document.querySelector('[data-action][data-selected]'))
    return
  clickFirst()
}

/** As somebody who types does: the box then selects the first of what it finds. */
function typeInto(box: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text)
  box.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

function clickFirst(): void {
  document.querySelector<HTMLElement>('[data-action]')?.click()
}

const helpPages = [
  { path: '/start', label: 'First steps', keywords: ['begin', 'onboarding', 'set-up'] },
  { path: '/help/errors', label: 'Errors, explained', keywords: ['help', 'quarantine', 'conflict', 'message'] },
  { path: '/help/words', label: 'The words of the field', keywords: ['help', 'glossary'] },
] as const

const icon = { size: 16, 'aria-hidden': true } as const

/** Ctrl/Cmd+K: screens, integrations, people and actions in one box. */
export function Palette({ onHelp }: PaletteProps) {
  const [, navigate] = useLocation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const connection = useConnection()
  const engine = useEngine()
  const conversionActs = useConversionActs()
  const [query, setQuery] = useState('')
  const takeEarlyKeys = useEarlyKeys((box, text, hasEnter) => {
    // Drawn at once, so that what Enter opens is what was found.
    flushSync(() => typeInto(box, text))
    if (hasEnter) clickFirst()
  })
  const integrations = useQuery(engine.integrations.list.queryOptions())
  const people = useQuery(
    engine.users.search.queryOptions({
      input: { query, limit: 8 },
      enabled: query.trim().length >= 2,
      placeholderData: keepPreviousData,
    }),
  )

  async function leave(): Promise<void> {
    forgetUnsaved()
    await signOut()
    connection.retry()
  }

  function askToLeave(): void {
    const question = leaveQuestion()
    if (question) askBefore(question, () => void leave())
    else void leave()
  }

  function askToRotate(slug: string): void {
    const tokens = `/integrations/${slug}/tokens`
    if (location.pathname !== tokens) navigate(`${tokens}?rotate`)
    else if (!new URLSearchParams(location.search).has('rotate')) navigate(`${tokens}?rotate`, { state: dialogEntry })
  }

  const screens: SpotlightActionData[] = navigation.map(({ path, label, keywords, icon: Icon }) => ({
    id: path,
    label,
    keywords: [...keywords],
    leftSection: <Icon {...icon} />,
    onClick: () => navigate(path),
  }))
  const actions: SpotlightActionData[] = [
    {
      id: 'new-integration',
      label: 'Connect an identity provider',
      leftSection: <Plus {...icon} />,
      onClick: () => navigate('/integrations/new'),
    },
    ...conversionActs,
    {
      id: 'theme',
      label: colorScheme === 'dark' ? 'Use the light theme' : 'Use the dark theme',
      leftSection: <MoonStar {...icon} />,
      onClick: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
    },
    ...sections.map(({ id, label }) => ({
      id: `settings-${id}`,
      label: `Settings: ${label}`,
      leftSection: <Settings {...icon} />,
      onClick: () => navigate(sectionPath(id)),
    })),
    ...notificationSections.map(({ id, label }) => ({
      id: `notifications-${id}`,
      label: `Notifications: ${label}`,
      leftSection: <Bell {...icon} />,
      onClick: () => navigate(notificationPath(id)),
    })),
    ...helpPages.map(({ path, label, keywords }) => ({
      id: path,
      label,
      keywords: [...keywords],
      leftSection: <CircleHelp {...icon} />,
      onClick: () => navigate(path),
    })),
    { id: 'keys', label: 'List the keys', leftSection: <Keyboard {...icon} />, onClick: onHelp },
    ...(isDesktop
      ? []
      : [
          {
            id: 'leave',
            label: 'Sign out of the console',
            leftSection: <LogOut {...icon} />,
            onClick: askToLeave,
          },
        ]),
  ]
  const found: SpotlightActionData[] =
    query.trim().length < 2
      ? []
      : (people.data?.items ?? []).map((user) => ({
          id: user.id,
          label: user.displayName ?? user.userName,
          description: user.userName,
          // The engine has found it already, perhaps by an address that is not shown; but not yet whoever it has found for the text before.
          keywords: people.isPlaceholderData ? [] : [query],
          leftSection: <User {...icon} />,
          onClick: () => navigate(`/users/${user.id}`),
        }))
  const groups: SpotlightActionGroupData[] = [
    { group: 'Screens', actions: screens },
    {
      group: 'Integrations',
      actions: (integrations.data ?? []).flatMap(({ slug, name, idpName, token }) => [
        {
          id: `integration-${slug}`,
          label: name,
          description: idpName,
          leftSection: <Plug {...icon} />,
          onClick: () => navigate(`/integrations/${slug}`),
        },
        {
          id: `status-${slug}`,
          label: `Provisioning of ${name}`,
          description: 'Cycles, who fails, quarantine',
          leftSection: <Activity {...icon} />,
          onClick: () => navigate(`/status/${slug}`),
        },
        // Who only opens the box is not to look through everything that can be done.
        ...(query.trim() === ''
          ? []
          : [
              {
                id: `requests-${slug}`,
                label: `Requests of ${name}`,
                leftSection: <ScrollText {...icon} />,
                onClick: () => navigate(`/requests?filter=integration:${slug}`),
              },
              {
                id: `rotate-${slug}`,
                label: token ? `Rotate the token of ${name}` : `Issue a token for ${name}`,
                leftSection: <KeyRound {...icon} />,
                onClick: () => askToRotate(slug),
              },
            ]),
      ]),
    },
    { group: 'People', actions: found },
    { group: 'Actions', actions },
  ]
  const nothingText = people.isFetching
    ? 'Looking for people who are called that…'
    : people.isError
      ? 'No screen and no action is called that, and people could not be looked for.'
      : 'Nothing is called that.'
  return (
    <Spotlight
      actions={groups.filter(({ actions: each }) => each.length > 0)}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      transitionProps={{ duration: 80 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      attributes={{ content: { 'aria-label': 'Search everything' } }}
      classNames={{
        actionsList: classes['list'] ?? '',
        actionBody: classes['body'] ?? '',
        actionLabel: classes['line'] ?? '',
        actionDescription: classes['line'] ?? '',
      }}
      nothingFound={nothingText}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={30}
      searchProps={{
        leftSection: <Search {...icon} />,
        // The dialog would give it the focus a moment later, and lose the first keys of who types fast.
        autoFocus: true,
        placeholder: 'Search screens, integrations, people and actions',
        maxLength: 200,
        'aria-label': 'Search screens, integrations, people and actions',
        onKeyDown: openFirst,
        onFocus: ({ currentTarget }) => queueMicrotask(() => takeEarlyKeys(currentTarget)),
        ...paletteBox,
      }}
    />
  )
}

export const openPalette = spotlight.open
