import { Notice } from '../../components/state/notice.tsx'
import { useNews } from '../../stores/news.ts'

/** While the endpoint is stopped, nothing that is said of an integration can change. */
export function EndpointNotice() {
  const isStopped = useNews((state) => state.news?.endpoint.state === 'stopped')
  if (!isStopped) return null
  return (
    <Notice meaning="failure" title="The SCIM endpoint is stopped">
      No request arrives, so what stands here is as it was. Start the endpoint in the menu at the top.
    </Notice>
  )
}
