import { Button, Group } from '@mantine/core'
import { Link } from 'wouter'
import type { Plan } from '../../../contract/conversions.ts'
import { Notice } from '../../components/state/notice.tsx'
import { amountText } from '../../components/text/amount-text.ts'
import { Names } from '../../components/text/names.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useJob } from './use-job.ts'

/** What is to be known of a preview before anything is decided in it. */
export function PreviewNotices({ plan }: { readonly plan: Plan }) {
  const { to } = useDirectory()
  return (
    <>
      {plan.job !== null && (
        <Group mb="sm">
          <CarriedOut job={plan.job} />
        </Group>
      )}
      {plan.isOfOtherData && (
        <Group mb="sm">
          <Notice
            meaning="attention"
            title="This preview is of other data"
            action={
              <Button component={Link} href={to('/conversion')} variant="default" size="compact-sm">
                Make a new preview
              </Button>
            }
          >
            It was carried out by a job that is not there any more: the data has been restored from a backup since. It
            says nothing of the people who are here now.
          </Notice>
        </Group>
      )}
      {plan.unusedOfList.count > 0 && (
        <Group mb="sm">
          <Notice
            meaning="attention"
            title={`${amountText(plan.unusedOfList.count, 'user ID of your list leads', 'user IDs of your list lead')} nowhere`}
          >
            Nobody here has <Names names={plan.unusedOfList.first} />
            {plan.unusedOfList.count > plan.unusedOfList.first.length && ' and more'}.
          </Notice>
        </Group>
      )}
    </>
  )
}

/** How far the job has come that carries the preview out. */
function CarriedOut({ job }: { readonly job: number }) {
  const { to } = useDirectory()
  const { data } = useJob(job)
  const title =
    data?.state === 'done'
      ? 'This preview has been carried out'
      : data?.state === 'cancelled'
        ? 'This preview was carried out in part: its job was cancelled'
        : data?.state === 'failed'
          ? 'This preview was carried out in part: its job failed'
          : 'This preview is being carried out'
  return (
    <Notice meaning="information" title={title}>
      Nothing can be decided in it any more. <TextLink href={to(`/conversion/jobs/${job}`)}>See the job</TextLink>
    </Notice>
  )
}
