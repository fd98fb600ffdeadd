import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Cool greys for the dark theme; the lightest is text, the darkest the page behind everything. */
const dark: MantineColorsTuple = [
  '#e3e5ea',
  '#b9bdc8',
  '#9aa0ad',
  '#6d7482',
  '#3a404c',
  '#2e333d',
  '#252932',
  '#1b1e25',
  '#16181e',
  '#101216',
]

/** Mantine's red, darker where white stands on it. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#d93030',
  '#c92a2a',
  '#b02525',
  '#962020',
]

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  primaryColor: 'indigo',
  // White on it reads on both themes.
  primaryShade: 7,
  colors: { dark, red },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  // The navigation is a drawer below xs and icons below sm.
  breakpoints: { xs: '45em', sm: '56.25em', md: '75em', lg: '90em', xl: '112em' },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed', tabIndex: 0 } },
    },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
      // Names from the wire stand in it, and a name may be one long word.
      styles: {
        title: {
          fontWeight: 600,
          fontSize: 'var(--mantine-font-size-lg)',
          lineHeight: 'var(--mantine-line-height-xs)',
          overflowWrap: 'anywhere',
        },
        body: { overflowWrap: 'anywhere' },
      },
    },
    // A `header` in a dialog counts as a second banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 360 } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})

/**
 * The four meanings, each readable on both themes (at least 4.5:1), and the few greys that are not Mantine's. What shows where a field or a box to tick
 * is has 3:1 (WCAG 2.2, 1.4.11).
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--rc-ok': '#0a7a56',
    '--rc-attention': '#8f5700',
    '--rc-failure': '#c42b2b',
    '--rc-information': '#1767b3',
    '--rc-neutral': '#5a6270',
    '--rc-line': '#e3e6eb',
    '--rc-control': '#7d8590',
    '--rc-sunken': '#f6f7f9',
    '--rc-hover': '#f0f2f6',
    '--rc-selected': '#e9edfd',
    '--mantine-color-dimmed': '#5a6270',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-anchor': '#364fc7',
    '--mantine-color-error': '#c42b2b',
    '--mantine-color-disabled-color': '#7d8590',
  },
  dark: {
    '--rc-ok': '#3ecf9b',
    '--rc-attention': '#f2b84b',
    '--rc-failure': '#ff8a8a',
    '--rc-information': '#74b8f7',
    '--rc-neutral': '#9aa0ad',
    '--rc-line': '#2e333d',
    '--rc-control': '#767d8c',
    '--rc-sunken': '#16181e',
    '--rc-hover': '#252932',
    '--rc-selected': '#262f4d',
    '--mantine-color-dimmed': '#9aa0ad',
    '--mantine-color-placeholder': '#8b919e',
    '--mantine-color-anchor': '#91a7ff',
    '--mantine-color-error': '#ff8a8a',
    '--mantine-color-disabled-color': '#767d8c',
    // Under the pointer: Mantine's own is hardly another than the page's.
    '--mantine-color-gray-light-hover': '#2e333d',
  },
})
