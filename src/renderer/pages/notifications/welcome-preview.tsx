import { Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { WelcomeTemplate } from '../../../contract/notifications.ts'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import classes from './notifications.module.css'

const pauseMs = 250

interface WelcomePreviewProps {
  readonly slug: string
  readonly template: WelcomeTemplate
  /** Empty for an invented person. */
  readonly userName: string
  readonly onUserName: (userName: string) => void
}

/** The mail as somebody would get it, while it is written. */
export function WelcomePreview({ slug, template, userName, onUserName }: WelcomePreviewProps) {
  const engine = useEngine()
  const [input] = useDebouncedValue({ slug, template, userName: userName.trim() || null }, pauseMs)
  const query = useQuery(
    engine.notifications.previewWelcome.queryOptions({ input, placeholderData: keepPreviousData, retry: false }),
  )
  return (
    <>
      <TextInput
        label="As it would be for"
        description="A userName in the directory. Empty: an invented person."
        placeholder="ada@example.com"
        value={userName}
        onChange={(event) => onUserName(event.currentTarget.value)}
        mb="sm"
      />
      {query.error ? (
        <Problem error={query.error} title="There is no such mail." />
      ) : (
        <QueryView query={query}>
          {({ subject, text, html }) => (
            <article className={classes['letter']} aria-label="The mail">
              <b className="breakable">{subject}</b>
              <pre>{text}</pre>
              {html !== null && (
                <>
                  <Text size="xs" c="dimmed" mt="md">
                    As HTML, shown as its source; send a test to see it drawn.
                  </Text>
                  <pre data-html>{html}</pre>
                </>
              )}
            </article>
          )}
        </QueryView>
      )}
    </>
  )
}
