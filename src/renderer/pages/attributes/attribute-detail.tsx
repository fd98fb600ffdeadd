import { Button, Select, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { AttributeGuide, CustomAttribute } from '../../../contract/attributes.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { CopyField } from '../../components/file/copy-field.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { GuideTextView } from '../../components/viewer/guide-text-view.tsx'
import { StepList } from '../../components/viewer/step-list.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { RemoveAttributeDialog } from './remove-attribute-dialog.tsx'
import { typeText } from './type-text.ts'
import classes from './attribute-detail.module.css'

interface AttributeDetailProps {
  readonly attribute: CustomAttribute
  readonly directory: string
  /** How many have a value; undefined until that is known. */
  readonly used: number | undefined
  readonly onRemoved: () => void
}

/** One attribute: its exact name, where it goes in each portal, and how it goes. */
export function AttributeDetail({ attribute, directory, used, onRemoved }: AttributeDetailProps) {
  const { name, urn, mappingName, isBeingRemoved } = attribute
  const engine = useEngine()
  const [isRemoving, setRemoving] = useState(false)
  const guides = useQuery(engine.attributes.guides.queryOptions({ input: { directory, name, urn } }))
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ['Type', typeText(attribute)],
          ['People with a value', used === undefined ? 'being counted' : amountText(used, 'person', 'people')],
        ]}
      />
      {isBeingRemoved ? (
        <Text size="sm" role="status">
          It is out of the schema already. Its values are still being taken out, or that was interrupted: then go on
          with it below.
        </Text>
      ) : (
        <>
          <CopyField
            label="Exact name"
            value={mappingName}
            description="The URN of the extension, a colon, the name."
          />
          <QueryView query={guides} lines={5}>
            {(list) => <PortalSteps guides={list} />}
          </QueryView>
        </>
      )}
      <div>
        <Button variant="default" onClick={() => setRemoving(true)}>
          {isBeingRemoved ? 'Go on with the removal' : 'Remove the attribute'}
        </Button>
      </div>
      {isRemoving && (
        <RemoveAttributeDialog
          attribute={attribute}
          directory={directory}
          used={used}
          onClose={() => setRemoving(false)}
          onRemoved={onRemoved}
        />
      )}
    </Stack>
  )
}

/** Where the attribute is entered, in the words of the portal that is chosen. */
function PortalSteps({ guides }: { readonly guides: readonly AttributeGuide[] }) {
  const [search, setSearch] = useSearchParams()
  const chosen = guides.find((each) => each.idp === search.get('idp')) ?? guides[0]
  if (!chosen) return null
  return (
    <section className={classes['portal']} aria-label="In the identity provider">
      <Title order={3}>In the identity provider</Title>
      <Select
        aria-label="Identity provider"
        data={guides.map((each) => ({
          value: each.idp,
          label: each.integrations.length === 0 ? each.name : `${each.name}: ${each.integrations.join(', ')}`,
        }))}
        value={chosen.idp}
        allowDeselect={false}
        maw={360}
        onChange={(idp) =>
          setSearch(
            (before) => {
              const after = new URLSearchParams(before)
              if (idp !== null) after.set('idp', idp)
              return after
            },
            { replace: true },
          )
        }
      />
      <StepList>
        {chosen.steps.map((step, n) => (
          <li key={n}>
            <Text size="sm" component="div">
              <GuideTextView text={step.text} />
            </Text>
            {step.fields.map((field) => (
              <CopyField key={field.label} label={field.label} value={field.value} />
            ))}
          </li>
        ))}
      </StepList>
    </section>
  )
}
