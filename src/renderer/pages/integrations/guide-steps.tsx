import { Text } from '@mantine/core'
import type { GuideStep, Integration } from '../../../contract/integrations.ts'
import { CopyField } from '../../components/file/copy-field.tsx'
import { GuideTextView } from '../../components/viewer/guide-text-view.tsx'
import { StepList } from '../../components/viewer/step-list.tsx'
import { unreachable } from '../../unreachable.ts'
import classes from './guide-steps.module.css'

interface GuideStepsProps {
  readonly steps: readonly GuideStep[]
  readonly integration: Integration
}

/** Numbered steps in the portal's own words, each value with its button. */
export function GuideSteps({ steps, integration }: GuideStepsProps) {
  return (
    <StepList>
      {steps.map((step, n) => (
        <li key={n}>
          <Text size="sm" component="div">
            <GuideTextView text={step.text} />
          </Text>
          {step.fields.map((field) => (
            <Field key={field.label} field={field} integration={integration} />
          ))}
        </li>
      ))}
    </StepList>
  )
}

interface FieldProps {
  readonly field: GuideStep['fields'][number]
  readonly integration: Integration
}

function Field({ field, integration }: FieldProps) {
  switch (field.kind) {
    case 'value':
      return <CopyField label={field.label} value={field.value} />
    case 'choice':
      return (
        <div className={classes['fact']}>
          <Text size="xs" fw={500} c="dimmed">
            {field.label}
          </Text>
          <Text size="sm" fw={500}>
            {field.value}
          </Text>
        </div>
      )
    case 'secret':
      return (
        <div className={classes['fact']}>
          <Text size="xs" fw={500} c="dimmed">
            {field.label}
          </Text>
          <Text size="sm">
            the token you stored
            {integration.token && (
              <>
                , which begins with <code className={classes['mono']}>{integration.token.prefix}</code>
              </>
            )}
          </Text>
        </div>
      )
    default:
      return unreachable(field.kind)
  }
}
