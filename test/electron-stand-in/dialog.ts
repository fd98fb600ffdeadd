import type {
  BaseWindow,
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron'
import { requireReady } from './app.ts'
import { strict } from './strict.ts'

/** A box that waits for the person. */
interface OpenBox {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly string[]
  readonly answer: (response: number) => void
}

const openBoxes: OpenBox[] = []
export function seenBoxes(): readonly Omit<OpenBox, 'answer'>[] {
  return openBoxes.map(({ message, detail, buttons }) => ({ message, detail, buttons }))
}

/** Presses a button of the box that was opened last. */
export function pressButton(label: string): void {
  const box = openBoxes.pop()
  const response = box?.buttons.indexOf(label) ?? -1
  if (!box || response < 0) throw new Error(`There is no button ${label} to press.`)
  box.answer(response)
}

function showMessageBox(
  first: BaseWindow | MessageBoxOptions,
  second?: MessageBoxOptions,
): Promise<MessageBoxReturnValue> {
  requireReady('dialog.showMessageBox()')
  const options = second ?? ('message' in first ? first : undefined)
  if (!options) throw new Error('A message box has no options.')
  const { message, detail = '', buttons = ['OK'] } = options
  return new Promise((resolve) => {
    openBoxes.push({
      message,
      detail,
      buttons,
      answer: (response) => resolve({ response, checkboxChecked: false }),
    })
  })
}

interface OpenSave {
  readonly name: string
  readonly answer: (file: string | undefined) => void
}

const openSaves: OpenSave[] = []
export function seenSaves(): readonly string[] {
  return openSaves.map(({ name }) => name)
}

/** Chooses where to save, in the box that was opened last; without a file the person cancels. */
export function chooseFile(file?: string): void {
  const box = openSaves.pop()
  if (!box) throw new Error('Nothing asks where to save.')
  box.answer(file)
}

function showSaveDialog(
  first: BaseWindow | SaveDialogOptions,
  second?: SaveDialogOptions,
): Promise<SaveDialogReturnValue> {
  requireReady('dialog.showSaveDialog()')
  const options = second ?? ('defaultPath' in first ? first : undefined)
  return new Promise((resolve) => {
    openSaves.push({
      name: options?.defaultPath ?? '',
      answer: (file) => resolve({ canceled: file === undefined, filePath: file ?? '' }),
    })
  })
}

export const dialog = strict<Dialog>('dialog', {
  showMessageBox,
  showSaveDialog,
  showErrorBox(title, content) {
    // The process often ends with such a box, so its texts are told where they outlive it.
    process.stderr.write(`[box] ${title}: ${content}\n`)
  },
})
