import { numberText } from '../text/amount-text.ts'
import classes from './printed-part.module.css'

interface PrintedPartProps {
  readonly printed: number
  readonly total: number
  /** Where all of them are to be had: a sentence. */
  readonly whole: string
}

/** Says on paper that not all of a list is there. */
export function PrintedPart({ printed, total, whole }: PrintedPartProps) {
  if (printed >= total) return null
  return (
    <p className={classes['part']}>
      {numberText(printed)} of {numberText(total)} are printed. {whole}
    </p>
  )
}
