import { useEffect, useRef, useState } from 'react'
import { amountText, numberText } from '../../../components/amount-text.ts'
import type { LogView } from '../log/request-log.ts'

const everyMs = 5000

/** Says what has come, for screen readers, at most every five seconds: the rows themselves would never let anybody finish a sentence. */
export function LiveStatus({ view }: { readonly view: LogView }) {
  const [said, setSaid] = useState('')
  const latest = useRef(view)
  const told = useRef({ arrived: 0, failed: 0 })

  useEffect(() => {
    latest.current = view
  }, [view])

  useEffect(() => {
    const timer = setInterval(() => {
      const { arrived, failed } = latest.current
      const count = arrived - told.current.arrived
      const bad = failed - told.current.failed
      told.current = { arrived, failed }
      // A filter that was changed begins to count anew.
      if (count > 0) setSaid(`${amountText(count, 'new request')}${bad > 0 ? `, ${numberText(bad)} failed` : ''}`)
    }, everyMs)
    return () => clearInterval(timer)
  }, [])

  return (
    <div role="status" className="unseen">
      {said}
    </div>
  )
}
