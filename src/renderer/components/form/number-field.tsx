import { Box, Group, Input, type BoxProps } from '@mantine/core'
import { useId, useMergedRef } from '@mantine/hooks'
import { useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { numberText } from '../text/amount-text.ts'
import { wholeNumber } from '../text/whole-number.ts'

interface NumberFieldProps extends Pick<BoxProps, 'w' | 'ml'> {
  readonly label: string
  readonly description?: string
  readonly disabled?: boolean
  /** What is typed, which stays as it is. */
  readonly value: string
  readonly onChange: (text: string) => void
  readonly least: number
  readonly most: number
  /** Empty is an answer as well. */
  readonly isOptional?: boolean
  /** Instead of "A whole number from 1 to 365.", where the number has a name of its own. */
  readonly refusal?: string
  /** What the engine has against it. */
  readonly error?: string | undefined
  readonly ref?: Ref<HTMLInputElement>
  /** What goes with the field, such as its button: it stays beside it when the field says below what is wrong. */
  readonly beside?: ReactNode
}

/** Of a field with something beside it, in px. */
const besideWidth = 180
/** Between the field and what is said above and below it, as other fields have it; what stands beside it keeps the same distance. */
const around = 'calc(var(--mantine-spacing-xs) / 2)'

/**
 * A field for a whole number. Anything else that is typed or pasted stays, and is refused beside the field when the form
 * around it is sent, which does not happen then; not as soon as the field is left, which would move the button away that is just being pressed.
 * Arrows up and down step.
 */
export function NumberField({ ref, beside, ...props }: NumberFieldProps) {
  const { label, description, disabled, value, onChange, least, most, isOptional = false, refusal } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const inputRef = useMergedRef(input, ref)
  const [isTold, setTold] = useState(false)
  const count = wholeNumber(value, least, most)
  const isTaken = count !== undefined || (isOptional && value.trim() === '')
  const usual = `A whole number from ${numberText(least)} to ${numberText(most)}${isOptional ? ', or nothing' : ''}.`
  const problem = isTaken ? '' : (refusal ?? usual)
  if (isTaken && isTold) setTold(false)

  useLayoutEffect(() => input.current?.setCustomValidity(problem), [problem])

  /** The form is about to be sent, or what takes its place asks; the browser would say it in a bubble of its own. */
  function refuse(event: FormEvent<HTMLInputElement>): void {
    event.preventDefault()
    setTold(true)
    const field = event.currentTarget
    if (field.form === null || field.form.querySelector('input:invalid') === field) field.focus()
  }

  function step(event: KeyboardEvent<HTMLInputElement>): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (count !== undefined) onChange(String(Math.min(most, Math.max(least, count + by))))
    else if (value.trim() === '') onChange(String(least))
  }

  const error = props.error ?? (isTold ? problem : undefined)
  const field = (
    <Input
      ref={inputRef}
      size="sm"
      inputMode="numeric"
      autoComplete="off"
      disabled={disabled}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      onInvalid={refuse}
      onKeyDown={step}
      {...(beside !== undefined && { style: { margin: 0 } })}
    />
  )
  return (
    <Input.Wrapper id={id} size="sm" label={label} description={description} error={error} w={props.w} ml={props.ml}>
      {beside === undefined ? (
        field
      ) : (
        <Group gap="xs" mt={around} mb={error === undefined ? 0 : around}>
          <Box w={besideWidth}>{field}</Box>
          {beside}
        </Group>
      )}
    </Input.Wrapper>
  )
}
