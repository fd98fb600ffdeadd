import { Button, FileButton, Group, Input, Text, Textarea } from '@mantine/core'
import { Upload, X } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { isSetAside, linesOf, readList, type ListText } from './list-text.ts'

interface ListFieldProps {
  readonly label: string
  readonly description: string
  readonly placeholder: string
  readonly list: ListText | null
  readonly onChange: (list: ListText | null) => void
  /** It has the focus when a dialog is opened. */
  readonly isFirst?: boolean
}

/** A list that is pasted or chosen as a file. */
export function ListField({ label, description, placeholder, list, onChange, isFirst = false }: ListFieldProps) {
  const [problem, setProblem] = useState<string>()
  const reset = useRef<() => void>(null)
  const place = useRef<HTMLDivElement>(null)
  const amount = useId()
  const isAside = list !== null && isSetAside(list)
  const wasAside = useRef(isAside)

  // What had the focus has made way for the other.
  useLayoutEffect(() => {
    if (wasAside.current === isAside) return
    wasAside.current = isAside
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>('textarea, button')?.focus()
  }, [isAside])

  async function choose(file: File | null): Promise<void> {
    if (!file) return
    try {
      onChange(await readList(file))
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The file cannot be read.')
    } finally {
      // Else the same file, mended, could not be chosen again.
      reset.current?.()
    }
  }

  if (isAside)
    return (
      <Input.Wrapper label={label} ref={place}>
        <Group gap="xs">
          <Text size="sm" className="breakable" id={amount}>
            {amountText(linesOf(list), 'line')} {list.file === null ? 'pasted' : `of ${list.file}`}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<X size={12} aria-hidden />}
            onClick={() => onChange(null)}
            aria-describedby={amount}
          >
            Take it away
          </Button>
        </Group>
      </Input.Wrapper>
    )
  return (
    <div ref={place}>
      <Textarea
        label={label}
        description={description}
        placeholder={placeholder}
        value={list?.text ?? ''}
        error={problem}
        onChange={(event) => {
          const text = event.currentTarget.value
          onChange(text === '' ? null : { file: null, text })
        }}
        onPaste={(event) => {
          const { value, selectionStart, selectionEnd } = event.currentTarget
          const pasted = event.clipboardData.getData('text/plain')
          const text = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd)
          if (!isSetAside({ file: null, text })) return
          // Not even the browser's field may get it.
          event.preventDefault()
          onChange({ file: null, text })
        }}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        data-autofocus={isFirst || undefined}
      />
      <FileButton resetRef={reset} onChange={(file) => void choose(file)} accept=".csv,.txt,text/csv,text/plain">
        {(props) => (
          <Button
            {...props}
            mt={6}
            size="compact-xs"
            variant="default"
            leftSection={<Upload size={12} aria-hidden />}
            aria-label={`Choose a file: ${label}`}
          >
            Choose a file
          </Button>
        )}
      </FileButton>
    </div>
  )
}
