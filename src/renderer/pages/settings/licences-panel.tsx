import { Button, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BundledLicence } from 'virtual:licences'
import { amountText } from '../../components/text/amount-text.ts'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import classes from './licences-panel.module.css'

function Licence({ licence }: { readonly licence: BundledLicence }) {
  const [isOpen, setOpen] = useState(false)
  const { name, version, kind, text } = licence
  return (
    <li>
      <UnstyledButton className={classes['row']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className="truncated">{name}</span>
        <span className="tabular">{version}</span>
        <span>{kind}</span>
      </UnstyledButton>
      {isOpen && (
        <pre className={classes['text']} tabIndex={0} aria-label={`Licence of ${name}`}>
          {text === '' ? 'The package has no licence text of its own.' : text}
        </pre>
      )}
    </li>
  )
}

/** The licences of what Rollcall is made of; they come with the page and are loaded when somebody asks. */
export function LicencesPanel() {
  const [isWanted, setWanted] = useState(false)
  const query = useQuery({
    queryKey: ['licences'],
    queryFn: async () => (await import('virtual:licences')).licences,
    enabled: isWanted,
    staleTime: Infinity,
  })
  return (
    <Panel title="Licences" isFlush={isWanted}>
      {isWanted ? (
        <QueryView query={query} lines={5}>
          {(licences) => (
            <ul className={classes['list']} aria-label="Licences of the packages">
              {licences.map((each) => (
                <Licence key={`${each.name} ${each.version}`} licence={each} />
              ))}
            </ul>
          )}
        </QueryView>
      ) : (
        <Stack gap="sm" align="flex-start">
          <Text size="sm">
            Rollcall is MIT-licensed, and made of packages with licences of their own, whose texts come with it.
          </Text>
          <Button variant="default" onClick={() => setWanted(true)}>
            Show the licences
          </Button>
        </Stack>
      )}
      {query.data && (
        <span role="status" className="unseen">
          {amountText(query.data.length, 'package')}
        </span>
      )}
    </Panel>
  )
}
