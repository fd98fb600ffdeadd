import { Box } from '@mantine/core'
import { Notice } from '../../components/state/notice.tsx'
import { useNews } from '../../stores/news.ts'

/** That the list is not whole: what comes is not recorded at present, and why. */
export function NotRecordedNotice() {
  const problem = useNews((state) => state.news?.notRecorded ?? null)
  if (problem === null) return null
  return (
    <Box mb="sm">
      <Notice meaning="failure" title="Requests are not being recorded." isNew>
        {problem}
      </Notice>
    </Box>
  )
}
