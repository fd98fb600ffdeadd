/** Lets the browser fetch a file into its downloads: it writes while it reads, however large the file is. */
export function fetchFile(path: string, name: string): void {
  const link = document.createElement('a')
  link.href = path
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}
