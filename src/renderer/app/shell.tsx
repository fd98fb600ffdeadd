import { ActionIcon, AppShell, Burger, Group, Skeleton, Tooltip, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { CircleHelp, Search } from 'lucide-react'
import { Suspense, useRef } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { Keys } from '../components/keys.tsx'
import { usePageFocus } from '../components/focus/use-focus-back.ts'
import { useKeptFocus } from '../components/focus/use-kept-focus.ts'
import { useKeptScroll } from '../components/focus/use-kept-scroll.ts'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { ColorSchemeSwitch } from './color-scheme-switch.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { EndpointIndicator } from './endpoint-indicator.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { navigation } from './navigation.ts'
import { openPalette, Palette } from './palette.tsx'
import { routes } from './routes.ts'
import { useAppearance } from './use-appearance.ts'
import { useEngineNews } from './use-engine-news.ts'
import { useLateFailures } from './use-late-failures.ts'
import { usePrintInLight } from './use-print-in-light.ts'
import { useScreenFocus } from './use-screen-focus.ts'
import { useShortcut } from './use-shortcut.ts'
import classes from './shell.module.css'

/** The first part of a path: `/users/7` belongs to `/users`. */
function areaOf(path: string): string {
  return `/${path.split('/')[1] ?? ''}`
}

/** What surrounds every screen: the navigation, the endpoint's state, the palette and the help. */
export function Shell() {
  const [path] = useLocation()
  const [isMenuOpen, menu] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  useAppearance()
  useEngineNews()
  useLateFailures()
  usePrintInLight()
  usePageFocus()
  useKeptFocus()
  useScreenFocus(path)
  useShortcut({ key: 'Escape', shown: 'Esc', label: 'Close the navigation', onPress: menu.close, isOff: !isMenuOpen })
  useShortcut({ key: '?', label: 'List the keys', onPress: help.open })
  const main = useRef<HTMLElement>(null)
  const area = areaOf(path)

  useKeptScroll(main, { place: area })

  return (
    <AppShell
      header={{ height: 46 }}
      navbar={{ width: { base: 240, xs: 56, sm: 204 }, breakpoint: 'xs', collapsed: { mobile: !isMenuOpen } }}
      padding={0}
      layout="alt"
      transitionDuration={0}
    >
      <a className={classes['skip']} href="#main">
        Skip to the screen
      </a>
      <AppShell.Header className={classes['header']}>
        <Group gap="xs" wrap="nowrap">
          <Burger hiddenFrom="xs" size="sm" opened={isMenuOpen} onClick={menu.toggle} aria-label="Navigation" />
          <UnstyledButton className={classes['search']} onClick={openPalette}>
            <Search size={14} aria-hidden />
            <span className={classes['searchText']}>Search</span>
            <Keys keys="Ctrl K" />
          </UnstyledButton>
        </Group>
        <Group gap={4} wrap="nowrap">
          <EndpointIndicator />
          <ColorSchemeSwitch />
          <Tooltip label="Keys (?)">
            <ActionIcon size="lg" aria-label="List the keys" onClick={help.open}>
              <CircleHelp size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </AppShell.Header>
      {isMenuOpen && (
        <button type="button" className={classes['backdrop']} aria-label="Close the navigation" onClick={menu.close} />
      )}
      <AppShell.Navbar className={classes['navbar']} aria-label="Areas">
        <Link href="/" className={classes['brand'] ?? ''} onClick={menu.close}>
          <img src={new URL('../rollcall.svg', import.meta.url).href} width={20} height={20} alt="" />
          <span className={classes['label']}>Rollcall</span>
        </Link>
        <ul className={classes['list']}>
          {navigation.map(({ path: to, label, icon: Icon, badge: Badge }) => (
            <li key={to}>
              <Tooltip
                label={label}
                position="right"
                disabled={isMenuOpen}
                events={{ hover: true, focus: true, touch: false }}
                classNames={{ tooltip: classes['tip'] }}
              >
                <Link
                  href={to}
                  className={classes['entry'] ?? ''}
                  aria-current={area === to ? 'page' : undefined}
                  onClick={menu.close}
                >
                  <Icon size={16} aria-hidden />
                  <span className={classes['label']}>{label}</span>
                  {Badge && <Badge />}
                </Link>
              </Tooltip>
            </li>
          ))}
        </ul>
      </AppShell.Navbar>
      <AppShell.Main ref={main} id="main" tabIndex={-1} className={classes['main']}>
        <ConnectionBanner />
        <ErrorBoundary resetKey={path}>
          <Suspense fallback={<ScreenSkeleton />}>
            <Switch>
              {routes.map(({ path: pattern, page: Page }) => (
                <Route key={pattern} path={pattern}>
                  <div className={classes['screen']}>
                    <Page />
                  </div>
                </Route>
              ))}
              <Route>
                <div className={classes['screen']}>
                  <NotFoundPage />
                </div>
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      <Palette onHelp={help.open} />
      <KeyboardHelp isOpen={isHelpOpen} onClose={help.close} />
    </AppShell>
  )
}

function ScreenSkeleton() {
  return (
    <div className={classes['screen']} role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={24} width={180} mb="md" />
      <Skeleton height={160} />
    </div>
  )
}
