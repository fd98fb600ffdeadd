import { isolated } from '../text/isolated.ts'
import { Notice } from './notice.tsx'

/** Stands below a form whose integration was deleted since: what that means for what stands in it, which stays. */
export function DeletedNotice({ name }: { readonly name: string }) {
  return (
    <Notice meaning="failure" title={`${isolated(name)} has been deleted since you began`} isNew>
      Nothing can be saved any more. What you have put in still stands here, to be copied.
    </Notice>
  )
}
