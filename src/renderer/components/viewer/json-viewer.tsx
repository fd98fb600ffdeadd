import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { CopyButton } from '../file/copy-button.tsx'
import { jsonLines, type JsonToken } from '../text/json-lines.ts'
import { RedactedText } from './redacted-text.tsx'
import classes from './json-viewer.module.css'

interface JsonViewerProps {
  /** As it came from the wire; what is no JSON is shown as it is. */
  readonly text: string
  readonly label: string
}

const mostLines = 2000

/** A body, pretty-printed with the raw text one click away. Strings are drawn as text, whatever they hold. */
export function JsonViewer({ text, label }: JsonViewerProps) {
  const lines = useMemo(() => jsonLines(text), [text])
  const [mode, setMode] = useState<'pretty' | 'raw'>('pretty')
  const [isWhole, setWhole] = useState(false)
  const isPretty = mode === 'pretty' && lines !== undefined
  const shown = isWhole ? lines : lines?.slice(0, mostLines)
  return (
    <div className={classes['viewer']}>
      <div className={classes['bar']}>
        {lines !== undefined && (
          <SegmentedControl
            size="xs"
            value={mode}
            onChange={setMode}
            data={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        )}
        <CopyButton value={text} what={label} />
      </div>
      {/* Long bodies scroll, so they have to be reachable by keyboard. */}
      <pre className={classes['text']} tabIndex={0} aria-label={label}>
        {isPretty ? shown?.map((tokens, n) => <Line key={n} tokens={tokens} />) : <RedactedText text={text} />}
      </pre>
      {isPretty && !isWhole && lines.length > mostLines && (
        <button type="button" className={classes['more']} onClick={() => setWhole(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </div>
  )
}

function Line({ tokens }: { readonly tokens: readonly JsonToken[] }) {
  return (
    <>
      {tokens.map(({ kind, text }, n) => (
        <span key={n} className={classes[kind]}>
          {kind === 'string' ? <RedactedText text={text} /> : text}
        </span>
      ))}
      {'\n'}
    </>
  )
}
