import type { Menu, NativeImage, Tray as Real } from 'electron'
import { createEvents } from './events.ts'
import { pathOfImage } from './native-image.ts'
import { strict, strictClass } from './strict.ts'

/** The icon in the tray, as a person sees it. */
interface SeenTray {
  icon: string
  toolTip: string
  menu: Menu | undefined
  readonly click: () => void
}

let current: SeenTray | undefined

export function seenTray(): SeenTray | undefined {
  return current
}

function iconOf(image: NativeImage | string): string {
  return typeof image === 'string' ? image : pathOfImage(image)
}

export const Tray = strictClass<typeof Real>('Tray', (image) => {
  const events = createEvents('Tray', ['click'])
  const seen: SeenTray = {
    icon: iconOf(image),
    toolTip: '',
    menu: undefined,
    click: () => void events.emit('click', {}),
  }
  current = seen
  return strict<Real>(
    'Tray',
    {
      setImage(next) {
        seen.icon = iconOf(next)
      },
      setToolTip(text) {
        seen.toolTip = text
      },
      setContextMenu(menu) {
        seen.menu = menu ?? undefined
      },
    },
    events,
  )
})
