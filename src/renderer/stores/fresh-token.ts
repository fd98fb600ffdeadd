import { create } from 'zustand'

interface FreshToken {
  /** A token that has just been issued and not been put away yet; in memory alone, and nowhere else in the page. */
  readonly fresh: { readonly slug: string; readonly token: string; readonly consequence: string } | undefined
  show(slug: string, token: string, consequence: string): void
  /** Forgets it. */
  drop(): void
}

/** The one place in which a token stands between its answer and its dialog. */
export const useFreshToken = create<FreshToken>()((set) => ({
  fresh: undefined,
  show: (slug, token, consequence) => set({ fresh: { slug, token, consequence } }),
  drop: () => set({ fresh: undefined }),
}))
