import { dialog } from 'electron'

/** Asks where a file of this name is to be saved. Resolves to nothing when the person does not want it any more. */
export async function askWhereToSave(name: string): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: 'Save',
    defaultPath: name,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled ? undefined : filePath
}
