import type { NativeTheme } from 'electron'
import { standInSettings } from './settings.ts'
import { strict } from './strict.ts'

export function nativeThemeColorScheme(): 'dark' | 'light' {
  return standInSettings.isDark ? 'dark' : 'light'
}

export const nativeTheme = strict<NativeTheme>('nativeTheme', { shouldUseDarkColors: standInSettings.isDark })
