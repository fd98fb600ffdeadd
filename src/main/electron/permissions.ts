import type { Session } from 'electron'
import { isPermitted } from './permitted.ts'

/** Without these handlers Electron permits everything to every page. */
export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(isPermitted({ permission, asker: requestingUrl, isMainFrame })),
  )
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isPermitted({ permission, asker: origin, isMainFrame }),
  )
  // Devices of USB, HID and serial ports that were chosen before.
  session.setDevicePermissionHandler(() => false)
}
