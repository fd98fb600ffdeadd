import { notEmulated } from './strict.ts'

type Listener = (...args: unknown[]) => void

interface Methods {
  on(event: string, listener: Listener): void
  once(event: string, listener: Listener): void
  off(event: string, listener: Listener): void
  addListener(event: string, listener: Listener): void
  removeListener(event: string, listener: Listener): void
  listenerCount(event: string): number
}

/** The listening side for the app, the emitting side for the stand-in. */
export interface Events {
  readonly methods: Methods
  /** Calls the listeners; returns whether there was one. */
  emit(event: string, ...args: readonly unknown[]): boolean
}

/** `names` are the events that the stand-in emits: listening to another one would wait for ever, so it throws. */
export function createEvents(owner: string, names: readonly string[] | 'any'): Events {
  const listeners = new Map<string, { readonly listener: Listener; readonly isOnce: boolean }[]>()

  function add(event: string, listener: Listener, isOnce: boolean): void {
    if (names !== 'any' && !names.includes(event)) {
      notEmulated.push(`${owner} event ${event}`)
      throw new Error(`The stand-in's ${owner} never emits ${event}.`)
    }
    listeners.set(event, [...(listeners.get(event) ?? []), { listener, isOnce }])
  }

  function remove(event: string, listener: Listener): void {
    listeners.set(
      event,
      (listeners.get(event) ?? []).filter((each) => each.listener !== listener),
    )
  }

  return {
    methods: {
      on: (event, listener) => add(event, listener, false),
      addListener: (event, listener) => add(event, listener, false),
      once: (event, listener) => add(event, listener, true),
      off: remove,
      removeListener: remove,
      listenerCount: (event) => listeners.get(event)?.length ?? 0,
    },
    emit(event, ...args) {
      const called = listeners.get(event) ?? []
      for (const { listener, isOnce } of called) {
        if (isOnce) remove(event, listener)
        listener(...args)
      }
      return called.length > 0
    },
  }
}

/** An event whose default can be prevented. */
export interface Preventable {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export function preventable<Params extends object>(params: Params): Params & Preventable {
  let defaultPrevented = false
  return {
    ...params,
    get defaultPrevented() {
      return defaultPrevented
    },
    preventDefault() {
      defaultPrevented = true
    },
  }
}
