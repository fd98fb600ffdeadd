import { Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { NotificationRule, Webhook } from '../../../contract/notifications.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { showMoreSideways } from '../../components/table/show-more-sideways.ts'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './notifications.module.css'

function hooksOf(rule: NotificationRule, webhooks: readonly Webhook[]): string {
  const hearing = webhooks.filter((each) => each.rules === null || each.rules.includes(rule.id))
  return hearing.length === 0 ? 'none' : hearing.map((each) => each.name).join(', ')
}

interface RuleRowProps {
  readonly rule: NotificationRule
  readonly webhooks: readonly Webhook[]
  readonly hasDesktop: boolean
  readonly onChange: (changes: Partial<Pick<NotificationRule, 'isEnabled' | 'byMail' | 'byDesktop'>>) => void
}

function RuleRow({ rule, webhooks, hasDesktop, onChange }: RuleRowProps) {
  const { description, isUrgent, isEnabled, byMail, byDesktop } = rule
  return (
    <tr>
      <th scope="row">
        {description}
        {isUrgent && <span className={classes['urgent']}>Told at once, also in quiet hours</span>}
      </th>
      <td>
        <Switch
          aria-label={`Tell when ${description}`}
          checked={isEnabled}
          onChange={(event) => onChange({ isEnabled: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Switch
          aria-label={`By mail, when ${description}`}
          checked={byMail}
          disabled={!isEnabled}
          onChange={(event) => onChange({ byMail: event.currentTarget.checked })}
        />
      </td>
      {hasDesktop && (
        <td>
          <Switch
            aria-label={`On the desktop, when ${description}`}
            checked={byDesktop}
            disabled={!isEnabled}
            onChange={(event) => onChange({ byDesktop: event.currentTarget.checked })}
          />
        </td>
      )}
      <td className="breakable">{isEnabled ? hooksOf(rule, webhooks) : 'none'}</td>
    </tr>
  )
}

/** What is told, each rule with its switches. */
export function RulesSection() {
  const engine = useEngine()
  const query = useQuery(engine.notifications.get.queryOptions())
  const set = useMutation(engine.notifications.setRule.mutationOptions())
  return (
    <QueryView query={query} lines={9}>
      {({ smtp, recipients, rules, webhooks, hasDesktop }) => (
        <>
          {smtp === null ? (
            <Notice meaning="attention" title="No mail is sent yet">
              <TextLink href="/notifications/mail">Set up a mail server</TextLink>, or add{' '}
              <TextLink href="/notifications/webhooks">a webhook</TextLink>; until then these rules tell nobody.
            </Notice>
          ) : (
            recipients.length === 0 && (
              <Notice meaning="attention" title="Nobody gets mail">
                <TextLink href="/notifications/mail">Add a recipient</TextLink>.
              </Notice>
            )
          )}
          <Panel title="What is told" isFlush>
            <div ref={showMoreSideways} className={classes['scroller']}>
              <table className={classes['matrix']} aria-label="Rules">
                <thead>
                  <tr>
                    <th scope="col">Tell when</th>
                    <th scope="col">On</th>
                    <th scope="col">Mail</th>
                    {hasDesktop && <th scope="col">Desktop</th>}
                    <th scope="col">Webhooks</th>
                  </tr>
                </thead>
                <tbody>
                  {rules.map((rule) => (
                    <RuleRow
                      key={rule.id}
                      rule={rule}
                      webhooks={webhooks}
                      hasDesktop={hasDesktop}
                      onChange={(changes) => set.mutate({ id: rule.id, changes })}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
          <Problem error={set.error} title="The rule was not changed." />
          <Text size="xs" c="dimmed">
            When something is over, that is told too, unless the schedule says otherwise.
            {!hasDesktop && ' Notifications on the desktop are shown by the desktop app alone.'}
          </Text>
        </>
      )}
    </QueryView>
  )
}
