import { create } from 'zustand'

interface FreshWebhookSecret {
  /** The secret of a webhook that has just been made and not been put away yet; in memory alone, and nowhere else in the page. */
  readonly fresh: { readonly webhook: string; readonly secret: string } | undefined
  show(webhook: string, secret: string): void
  /** Forgets it. */
  drop(): void
}

/** The one place in which a webhook's secret stands between its answer and its dialog. */
export const useFreshWebhookSecret = create<FreshWebhookSecret>()((set) => ({
  fresh: undefined,
  show: (webhook, secret) => set({ fresh: { webhook, secret } }),
  drop: () => set({ fresh: undefined }),
}))
