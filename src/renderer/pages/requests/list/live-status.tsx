import { useEffect, useState } from 'react'
import { amountText, numberText } from '../../../components/text/amount-text.ts'
import type { RequestLog } from '../log/request-log.ts'

const everyMs = 5000

/** Says what has come, for screen readers, at most every five seconds: the rows themselves would never let anybody finish a sentence. */
export function LiveStatus({ log }: { readonly log: RequestLog }) {
  const [said, setSaid] = useState({ text: '', arrived: 0 })

  useEffect(() => {
    let told = log.view()
    const timer = setInterval(() => {
      const now = log.view()
      const count = now.arrived - told.arrived
      const bad = now.failed - told.failed
      told = now
      // A filter that was changed begins to count anew.
      if (count > 0) {
        const text = `${amountText(count, 'new request')}${bad > 0 ? `, ${numberText(bad)} failed` : ''}`
        setSaid({ text, arrived: now.arrived })
      }
    }, everyMs)
    return () => clearInterval(timer)
  }, [log])

  return (
    <div role="status" className="unseen">
      {/* An element of its own each time: a text that stays the same is not said again. */}
      <span key={said.arrived}>{said.text}</span>
    </div>
  )
}
