/** The scripts of this project's package.json that may run a server. */
const ownScripts: ReadonlySet<string> = new Set(['start', 'rollcall'])

/** How often is looked whether npm's shell is still there, in ms. */
const lookEveryMs = 500

/**
 * Calls `gone` once when this process was started by `npm start` or `npm run rollcall` and has lost npm's shell. npm hands a SIGTERM to its shell, and
 * that ends without handing it on, so the server would stay behind and keep its ports. What other packages' scripts leave running on
 * purpose goes on. Returns what stops the looking.
 */
export function onNpmGone(env: NodeJS.ProcessEnv, gone: () => void): () => void {
  if (env['npm_package_name'] !== 'rollcall' || !ownScripts.has(env['npm_lifecycle_event'] ?? ''))
    return () => undefined
  const { ppid: shell } = process
  const look = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(look)
    gone()
  }, lookEveryMs)
  look.unref()
  return () => clearInterval(look)
}
