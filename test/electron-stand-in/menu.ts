import type { Menu as Real, MenuItem, MenuItemConstructorOptions } from 'electron'
import { strict, strictClass } from './strict.ts'

type TemplateItem = MenuItemConstructorOptions | MenuItem

/** The templates that menus were made from. */
const templates = new WeakMap<Real, readonly TemplateItem[]>()
let applicationMenu: Real | undefined

/** An item as a person sees it. */
export interface SeenItem {
  readonly label: string
  readonly isEnabled: boolean
  readonly isChecked: boolean | undefined
}

function isPlain(item: TemplateItem): item is MenuItemConstructorOptions {
  return !('commandId' in item)
}

/** The items of a template with those of its submenus, in order. */
function flat(items: readonly TemplateItem[]): readonly MenuItemConstructorOptions[] {
  return items.filter(isPlain).flatMap((item) => (Array.isArray(item.submenu) ? flat(item.submenu) : [item]))
}

function itemsOf(menu: Real | undefined): readonly MenuItemConstructorOptions[] {
  return flat((menu && templates.get(menu)) ?? [])
}

export function seenItems(menu: Real | undefined): readonly SeenItem[] {
  return itemsOf(menu)
    .filter(({ type }) => type !== 'separator')
    .map(({ label, role, enabled, checked }) => ({
      label: label ?? role ?? '',
      isEnabled: enabled !== false,
      isChecked: checked,
    }))
}

/** Chooses an item as a person would: one that is not there or not enabled throws, a checkbox changes first. */
export function chooseItem(menu: Real | undefined, label: string): void {
  const item = itemsOf(menu).find((each) => each.label === label)
  if (!item || item.enabled === false) throw new Error(`There is no item ${label} to choose.`)
  const checked = item.type === 'checkbox' ? item.checked !== true : undefined
  const clicked = strict<MenuItem>('MenuItem', checked === undefined ? {} : { checked })
  item.click?.(clicked, undefined, {})
}

export function currentApplicationMenu(): Real | undefined {
  return applicationMenu
}

export const Menu = strictClass<typeof Real>(
  'Menu',
  () => {
    throw new Error('The stand-in makes menus from templates alone.')
  },
  {
    buildFromTemplate(template) {
      const menu = strict<Real>('Menu', {})
      templates.set(menu, template)
      return menu
    },
    setApplicationMenu(menu) {
      applicationMenu = menu ?? undefined
    },
  },
)
