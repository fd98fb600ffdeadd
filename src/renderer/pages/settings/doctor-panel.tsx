import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Stethoscope } from 'lucide-react'
import { amountText } from '../../components/text/amount-text.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { StatusList } from '../../components/state/status-list.tsx'
import { useConnection } from '../../rpc/engine.ts'

const meanings = { ok: 'ok', warning: 'attention', problem: 'failure' } as const
const words = { ok: 'Well', warning: 'Worth knowing', problem: 'Problem' } as const
const order = { problem: 0, warning: 1, ok: 2 } as const

/** The checks of `rollcall doctor`, run from here. */
export function DoctorPanel() {
  const { engine } = useConnection()
  const check = useMutation({ mutationFn: () => engine.diagnosis.doctor() })
  const findings = check.data?.findings.toSorted((one, other) => order[one.status] - order[other.status])
  const problems = findings?.filter(({ status }) => status === 'problem').length ?? 0
  const warnings = findings?.filter(({ status }) => status === 'warning').length ?? 0
  return (
    <Panel
      title="Checks"
      actions={
        <Button
          leftSection={<Stethoscope size={14} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Run the checks
        </Button>
      }
    >
      <Stack gap="md">
        {!findings && !check.isError && (
          <Text size="sm" c="dimmed">
            They look at the data directory, the disk, the database, the request log, secrets, tokens, backups, the
            endpoint and its certificate, as “rollcall doctor” does. Nothing is changed.
          </Text>
        )}
        {findings && (
          <>
            <Notice meaning={problems > 0 ? 'failure' : warnings > 0 ? 'attention' : 'ok'} isNew>
              {problems > 0
                ? `${amountText(problems, 'problem')} found. Each says what to do.`
                : warnings > 0
                  ? `Nothing is broken; ${amountText(warnings, 'thing is', 'things are')} worth knowing.`
                  : 'All is well.'}
            </Notice>
            <StatusList
              label="What was found"
              items={findings.map(({ check: name, status, message }, n) => ({
                key: `${n} ${name}`,
                meaning: meanings[status],
                word: words[status],
                title: name,
                text: message,
              }))}
            />
          </>
        )}
        <Problem error={check.error} title="The checks could not be run." />
      </Stack>
    </Panel>
  )
}
