import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** How a table was left: its sort and the widths of its columns in px. */
export interface TablePreference {
  readonly sort?: { readonly column: string; readonly descending: boolean }
  readonly widths: Readonly<Record<string, number>>
}

/** How high the rows of tables are. */
export type Density = 'compact' | 'comfortable'
/** Whether things may slide and fade; `system` is what the system says. */
export type Motion = 'system' | 'reduced'

interface Preferences {
  readonly density: Density
  readonly motion: Motion
  /** Single letters act as keys while nobody types. */
  readonly singleKeys: boolean
  readonly tables: Readonly<Record<string, TablePreference>>
  /** Where the divider of a split view stands, as a share of the whole. */
  readonly splits: Readonly<Record<string, number>>
  /** How far the set-up of each integration was followed. */
  readonly setupSteps: Readonly<Record<string, string>>
  setSingleKeys(isOn: boolean): void
  setDensity(density: Density): void
  setMotion(motion: Motion): void
  setSetupStep(slug: string, step: string): void
  setTable(id: string, preference: TablePreference): void
  setSplit(id: string, share: number): void
}

/** What this browser remembers of how the person likes the console. Nothing of the directory is in it. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      singleKeys: true,
      density: 'compact',
      motion: 'system',
      tables: {},
      splits: {},
      setupSteps: {},
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      setDensity: (density) => set({ density }),
      setMotion: (motion) => set({ motion }),
      setSetupStep: (slug, step) => set((state) => ({ setupSteps: { ...state.setupSteps, [slug]: step } })),
      setTable: (id, preference) => set((state) => ({ tables: { ...state.tables, [id]: preference } })),
      setSplit: (id, share) => set((state) => ({ splits: { ...state.splits, [id]: share } })),
    }),
    { name: 'rollcall-preferences', version: 1 },
  ),
)
