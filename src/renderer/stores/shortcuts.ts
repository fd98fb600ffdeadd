import { create } from 'zustand'

/** A key that does something on the present screen. */
export interface Shortcut {
  /** As it is shown: `j`, `Enter`, `Ctrl K`. */
  readonly keys: string
  readonly label: string
}

interface Shortcuts {
  readonly all: ReadonlyMap<symbol, Shortcut>
  add(id: symbol, shortcut: Shortcut): void
  remove(id: symbol): void
}

/** The keys that work now, for the list behind `?`. */
export const useShortcutList = create<Shortcuts>()((set) => ({
  all: new Map(),
  add: (id, shortcut) => set((state) => ({ all: new Map(state.all).set(id, shortcut) })),
  remove: (id) => set((state) => ({ all: new Map([...state.all].filter(([each]) => each !== id)) })),
}))
