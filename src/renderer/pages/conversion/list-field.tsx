import { Button, FileButton, Group, Input, Text, Textarea } from '@mantine/core'
import { Upload, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { linesOf, readList, type ListText } from './list-text.ts'

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

  if (list !== null && list.file !== null)
    return (
      <Input.Wrapper label={label}>
        <Group gap="xs">
          <Text size="sm" className="breakable">
            {amountText(linesOf(list), 'line')} of {list.file}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<X size={12} aria-hidden />}
            onClick={() => onChange(null)}
          >
            Take it away
          </Button>
        </Group>
      </Input.Wrapper>
    )
  return (
    <div>
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
