import { startDesktop } from './electron/start-desktop.ts'

startDesktop({ entry: import.meta.url, argv: process.argv, env: process.env, platform: process.platform })
