import type { Notification as Real } from 'electron'
import { createEvents } from './events.ts'
import { strict, strictClass } from './strict.ts'

interface SeenNotification {
  readonly title: string
  readonly body: string
  readonly click: () => void
}

export const shownNotifications: SeenNotification[] = []

export const Notification = strictClass<typeof Real>(
  'Notification',
  ({ title = '', body = '' } = {}) => {
    const events = createEvents('Notification', ['click', 'close'])
    return strict<Real>(
      'Notification',
      {
        show: () => void shownNotifications.push({ title, body, click: () => void events.emit('click', {}) }),
        close: () => void events.emit('close', {}),
      },
      events,
    )
  },
  { isSupported: () => true },
)
