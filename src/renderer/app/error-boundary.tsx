import { Button, Code, Container, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { MissingScreen } from './missing-screen.tsx'
import { isMissingScript } from './missing-script.ts'

interface ErrorBoundaryProps {
  readonly children: ReactNode
  /** When it changes, the children are tried again. */
  readonly resetKey: string
}

interface ErrorBoundaryState {
  readonly error: Error | undefined
  readonly resetKey: string
}

/** Without a server, a reload would leave nothing at all. */
async function reloadIfServed(): Promise<void> {
  const isServed = await fetch(location.href, { method: 'HEAD' }).then(
    () => true,
    () => false,
  )
  if (isServed) location.reload()
}

/** Keeps a screen that fails from taking the rest of the console with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined, resetKey: this.props.resetKey }

  #missed = 0

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps({ resetKey }: ErrorBoundaryProps, state: ErrorBoundaryState) {
    return resetKey === state.resetKey ? null : { error: undefined, resetKey }
  }

  /** A script that could not be fetched is not asked for again by this page, so that whoever tries again gets a new one. */
  override componentDidCatch(error: unknown): void {
    if (!(error instanceof Error && isMissingScript(error))) return
    this.#missed += 1
    if (this.#missed > 1) void reloadIfServed()
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    if (isMissingScript(error)) return <MissingScreen />
    return (
      <Container size="sm" py="xl" role="alert">
        <Stack gap="sm" align="flex-start">
          <Title order={1}>This screen failed</Title>
          <Text>The rest of the console works on. Load the screen again; if it fails again, tell us what it says:</Text>
          <Code block>{error.message}</Code>
          <Button onClick={() => location.reload()}>Load it again</Button>
        </Stack>
      </Container>
    )
  }
}
