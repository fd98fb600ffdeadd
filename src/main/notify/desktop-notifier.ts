/** What the host of the engine can show on a desktop; the engine itself knows no window. */
export interface DesktopNotifier {
  /** Shows a notification. The texts may hold names that came from the wire: they are to be drawn as text. */
  show(notification: { readonly key: string; readonly title: string; readonly body: string }): void | Promise<void>
}
