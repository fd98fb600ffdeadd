import { Notification } from 'electron'
import type { DesktopNotifier } from '../notify/desktop-notifier.ts'
import { notificationText } from './notification-text.ts'

/** Shows what the engine has to tell on the desktop. A newer notification of the same key takes the place of the older; a click opens the window. */
export function createDesktopNotifications(onClick: () => void): DesktopNotifier {
  // Held here, for a notification that is collected loses its click.
  const shown = new Map<string, Notification>()

  return {
    show({ key, title, body }) {
      if (!Notification.isSupported()) throw new Error('This desktop shows no notifications.')
      const notification = new Notification({ title: notificationText(title), body: notificationText(body) })
      const forget = () => {
        if (shown.get(key) === notification) shown.delete(key)
      }
      notification.on('click', () => {
        forget()
        onClick()
      })
      notification.on('close', forget)
      const older = shown.get(key)
      shown.set(key, notification)
      older?.close()
      notification.show()
    },
  }
}
