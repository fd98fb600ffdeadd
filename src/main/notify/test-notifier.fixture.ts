import { createAdminister, type Administer } from '../administration/administer.ts'
import { entraOn, type Entra } from '../provisioning/entra-day.fixture.ts'
import { startDay, type Day, type DayOptions } from '../provisioning/test-day.fixture.ts'
import type { CommandQueue } from '../writer/threaded-writer.ts'
import { createNotifyAdmin, type NotifyAdmin } from './admin/notify-admin.ts'
import type { Probe } from './endpoint-monitor.ts'
import { MemoryVault } from './memory-vault.fixture.ts'
import { createNotifier, type Notifier, type NotifierParts } from './notifier.ts'

/** An IdP's day on whose clock somebody is told of it. */
export interface NotifiedDay {
  readonly day: Day
  readonly entra: Entra
  readonly admin: NotifyAdmin
  readonly administer: Administer
  readonly notifier: Notifier
  readonly vault: MemoryVault
  readonly troubles: readonly string[]
  /** Another notifier on the same data, as after a restart. */
  another(parts?: Partial<NotifierParts>): Notifier
  /** Lets the clock run on, then looks and sends until there is nothing to send. */
  lookAt(clock: string): Promise<void>
  look(): Promise<void>
  /** Sets mail up for a server on loopback, with a recipient. */
  setUpMail(port: number, recipients?: readonly string[]): Promise<void>
}

export function startNotifiedDay(parts: Partial<NotifierParts> = {}, options: DayOptions = {}): NotifiedDay {
  const day = startDay(options)
  const { writer, store } = day.directory
  const queue: CommandQueue = {
    execute: (command) => {
      const [outcome] = writer.execute([command])
      return Promise.resolve(outcome ?? { kind: 'bug', stack: 'no outcome' })
    },
    close: () => Promise.resolve(),
  }
  const administer = createAdminister(queue, 'test', day.now)
  const vault = new MemoryVault()
  const troubles: string[] = []
  const admin = createNotifyAdmin({
    reads: store,
    administer,
    vault: () => Promise.resolve(vault),
    now: day.now,
    hasDesktop: () => false,
    ...(parts.resolve === undefined ? {} : { resolve: parts.resolve }),
  })
  const another = (changed: Partial<NotifierParts> = {}) =>
    createNotifier({
      reads: store,
      administer,
      provisioning: day.provisioning,
      vault: () => Promise.resolve(vault),
      now: day.now,
      random: () => 1,
      publicUrl: () => undefined,
      probe: (): Promise<Probe> => Promise.resolve({ problem: undefined, validTo: undefined }),
      certificate: () => undefined,
      desktop: undefined,
      onTrouble: (message) => void troubles.push(message),
      ...parts,
      ...changed,
    })
  const notifier = another()

  async function look(): Promise<void> {
    day.flush()
    await notifier.look()
    await notifier.idle()
  }

  return {
    day,
    entra: entraOn(day),
    admin,
    administer,
    notifier,
    vault,
    troubles,
    another,
    look,
    async lookAt(clock) {
      day.until(clock)
      await look()
    },
    async setUpMail(port, recipients = ['ops@example.com']) {
      await admin.mail.set(
        { host: '127.0.0.1', port, security: 'none', from: 'Rollcall <rollcall@example.com>' },
        undefined,
      )
      await admin.rules.change({ recipients })
    },
  }
}
