import { isolated } from '../../../components/text/isolated.ts'
import { Notice } from '../../../components/state/notice.tsx'
import { valueText } from '../value-text.ts'
import type { RemovedAttribute } from './removed-attributes.ts'

/** Stands at the foot of a form whose attributes were removed since it was opened: what was in them, to be copied. */
export function RemovedNote({ removed }: { readonly removed: readonly RemovedAttribute[] }) {
  return removed.map(({ path, name, value }) => (
    <Notice
      key={path.join(' ')}
      meaning="attention"
      title={`The attribute ${isolated(name)} has been removed since you opened this form`}
      isNew
    >
      What stood in it here, <bdi className="breakable">“{valueText(value)}”</bdi>, is not saved. Everything else is.
    </Notice>
  ))
}
