import type { Deliverer } from './delivery.ts'
import type { DesktopNotifier } from './desktop-notifier.ts'
import { oneLine } from './plain-text.ts'
import { parseOutboxContent } from './outbox-content.ts'

/** Shows notifications on the desktop of whoever runs the host. */
export function createDesktopDeliverer(desktop: DesktopNotifier): Deliverer {
  return {
    async deliver(rows) {
      for (const row of rows) {
        const content = parseOutboxContent(row.content)
        if (content?.kind !== 'notification') return { kind: 'hopeless', problem: 'The message cannot be read.' }
        const { key, title, lines } = content.notification
        try {
          await desktop.show({ key, title: oneLine(title), body: oneLine(lines[0] ?? '', 500) })
        } catch (error) {
          return { kind: 'failed', problem: error instanceof Error ? error.message : String(error) }
        }
      }
      return { kind: 'delivered' }
    },
  }
}
