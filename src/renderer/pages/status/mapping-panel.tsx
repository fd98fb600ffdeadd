import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MappingHealth } from '../../../contract/provisioning.ts'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge, type Meaning } from '../../components/state/state-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './status.module.css'

interface PathsProps {
  readonly meaning: Meaning
  readonly word: string
  readonly explanation: string
  readonly paths: readonly string[]
}

const shownAtFirst = 12

function Paths({ meaning, word, explanation, paths }: PathsProps) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? paths : paths.slice(0, shownAtFirst)
  return (
    <div>
      <StateBadge meaning={meaning} word={`${word} (${paths.length})`} />
      <Text size="xs" c="dimmed">
        {explanation}
      </Text>
      <ul className={classes['paths']} aria-label={word}>
        {shown.map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
      {paths.length > shown.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
          Show all {paths.length}
        </Button>
      )}
    </div>
  )
}

function Health({ slug, health }: { readonly slug: string; readonly health: MappingHealth }) {
  const { sent, missing, isConclusive } = health
  if (sent.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No attribute has come yet.
      </Text>
    )
  const ignored = sent.filter((each) => each.isIgnored)
  const missed = missing.filter((each) => each.weight !== 'optional')
  const name = ({ resource, path }: (typeof sent)[number]) => (resource === 'user' ? path : `${path} (group)`)
  return (
    <>
      <div className={classes['columns']}>
        {ignored.length > 0 && (
          <Paths
            meaning="attention"
            word="Ignored"
            explanation="No schema knows them. Add them under Attributes, or take them out of the mapping."
            paths={ignored.map(name)}
          />
        )}
        {isConclusive && missed.length > 0 && (
          <Paths
            meaning="attention"
            word="Never came"
            explanation="Part of the recommended mapping. Perhaps they are empty in the source."
            paths={missed.map(({ target, source, resource }) =>
              resource === 'user' ? `${target} ← ${source}` : `${target} ← ${source} (group)`,
            )}
          />
        )}
        <Paths
          meaning="ok"
          word="Stored"
          explanation="Sent by the identity provider, and kept."
          paths={sent.filter((each) => !each.isIgnored).map(name)}
        />
      </div>
      <Text size="xs" c="dimmed" mt="sm" component="p">
        {isConclusive ? '' : 'Too few people have come to say what is missing. '}
        <TextLink href={`/integrations/${slug}/attributes`}>See the recommended mapping</TextLink>
      </Text>
    </>
  )
}

/** Which attributes the IdP sends, which are ignored, and which never came. */
export function MappingPanel({ slug }: { readonly slug: string }) {
  const engine = useEngine()
  const query = useQuery(engine.provisioning.mapping.queryOptions({ input: { slug } }))
  return (
    <Panel title="Attribute mapping">
      <QueryView query={query}>{(health) => <Health slug={slug} health={health} />}</QueryView>
    </Panel>
  )
}
