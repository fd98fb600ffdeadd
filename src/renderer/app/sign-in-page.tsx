import { Alert, Button, Code, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { CircleX } from 'lucide-react'
import { useEffect, useState, type FormEvent } from 'react'
import { Notice } from '../components/state/notice.tsx'
import { readSession, signIn } from '../rpc/session.ts'
import classes from './sign-in-page.module.css'

export interface SignInPageProps {
  /** Why the link that was opened did not let in; a sentence. */
  readonly problem: string | undefined
  readonly onSignedIn: () => void
  /** The session ended while something on the screen was not saved, which comes back with the next one. */
  readonly hasUnsaved?: boolean
}

/** Where somebody lands who has no session: how to get a link, and the password where there is one. */
export function SignInPage({ problem, onSignedIn, hasUnsaved = false }: SignInPageProps) {
  const [hasPassword, setHasPassword] = useState(false)
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    document.title = 'Sign in · Rollcall'
    readSession().then(
      (session) => setHasPassword(session.hasPassword),
      () => undefined, // the connection says that the server cannot be reached
    )
  }, [])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      const told = await signIn({ password })
      setPassword('')
      setRefusal(told)
      if (told === undefined) onSignedIn()
    } catch {
      setRefusal('Rollcall cannot be reached. Try again once it runs.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className={classes['page']}>
      <Stack gap="md" className={classes['box']}>
        <Title order={1}>Rollcall</Title>
        {problem !== undefined && (
          <Alert role="alert" color="red" variant="light" icon={<CircleX size={16} aria-hidden />}>
            {problem}
          </Alert>
        )}
        {hasUnsaved && (
          <Notice meaning="attention" title="You have been signed out" isNew>
            What you have not saved is kept, and comes back once you are signed in. Open the link in another tab, so
            that this page stays.
          </Notice>
        )}
        <Text size="sm">
          This console is for the owner of the machine it runs on. Get a link that opens it, on that machine:
        </Text>
        <Code block>rollcall console url</Code>
        <Text size="xs" c="dimmed">
          In a checkout: <Code>npm run -s rollcall -- console url</Code>
        </Text>
        {hasPassword && (
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="sm">
              <PasswordInput
                label="Or the password of the console"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                error={refusal}
              />
              <Button type="submit" loading={isBusy} disabled={password === ''}>
                Sign in
              </Button>
            </Stack>
          </form>
        )}
      </Stack>
    </main>
  )
}
