import type { TestRunView } from '../../../contract/endpoint-tests.ts'
import { Notice } from '../../components/state/notice.tsx'
import { doingText } from './test-text.ts'

/** A test that was under way when the server ended. */
export function LostNotice({ run }: { readonly run: TestRunView }) {
  return (
    <Notice meaning="attention" title="The server was restarted, and that ended the test" isNew>
      {doingText(run)} <span className="breakable">{run.url}</span> had no result yet. If the server had no time to
      clean up, what it made is still there: look for names that begin with <code>{run.names}</code>.
    </Notice>
  )
}
