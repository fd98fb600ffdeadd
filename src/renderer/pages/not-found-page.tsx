import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Nothing } from '../components/state/nothing.tsx'
import { PageHeader } from '../components/page/page-header.tsx'

/** Under an address that no screen has. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Nothing is here" />
      <Nothing
        why="empty"
        title="No screen has this address"
        action={
          <Button component={Link} href="/">
            Go to the overview
          </Button>
        }
      >
        Perhaps it was mistyped, or what it showed has been removed.
      </Nothing>
    </>
  )
}
