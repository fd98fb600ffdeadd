import { create } from 'zustand'
import type { SystemNews } from '../../contract/system.ts'

interface News {
  /** The newest that the engine has told; undefined before the first. */
  readonly news: SystemNews | undefined
  set(news: SystemNews): void
}

/** The state of the endpoint and the versions of everything, kept up by `useEngineNews`. */
export const useNews = create<News>()((set) => ({
  news: undefined,
  set: (news) => set({ news }),
}))
