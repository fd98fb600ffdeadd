import { dialog } from 'electron'

/** Tells why Rollcall cannot start. Resolves to whether it is to be tried again. */
export async function askToRetry(problem: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Rollcall',
    message: 'Rollcall cannot start',
    detail: problem,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}
