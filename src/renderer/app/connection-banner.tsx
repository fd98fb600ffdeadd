import { Button } from '@mantine/core'
import { Unplug } from 'lucide-react'
import { useConnection, useConnectionState } from '../rpc/engine.ts'
import classes from './connection-banner.module.css'

/** Says that what is on the screen may be old, for the connection is lost. */
export function ConnectionBanner() {
  const connection = useConnection()
  const state = useConnectionState()
  if (state.kind !== 'lost') return null
  return (
    <div className={classes['banner']} role="alert">
      <Unplug size={16} aria-hidden />
      <span>Not connected to Rollcall. What you see may be out of date; this page tries again by itself.</span>
      <Button variant="default" onClick={connection.retry}>
        Try now
      </Button>
    </div>
  )
}
