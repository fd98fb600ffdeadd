import type { Encoded } from './codec.ts'

/** What the preload script's world tells the main process. */
export type FromPage =
  | { readonly kind: 'post'; readonly channel: string; readonly data: Encoded; readonly ports: readonly number[] }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: Encoded }
  | { readonly kind: 'port-closed'; readonly port: number }
  | { readonly kind: 'preload-failed'; readonly problem: string }

/** What the main process tells the preload script's world. */
export type ToPage =
  | { readonly kind: 'port-message'; readonly port: number; readonly data: Encoded }
  | { readonly kind: 'port-closed'; readonly port: number }

/** The function by which the world speaks, and the one by which it is spoken to. */
export const sendName = '__standInSend'
export const receiveName = '__standInReceive'
/** The last message of a port that is closed. */
export const lastMessage = '__standInClosed'
