import { useEffect, useState } from 'react'
import { leaveQuestion } from '../components/form/use-unsaved.ts'
import { isDesktop } from '../host.ts'
import { useConnection, useConnectionState } from '../rpc/engine.ts'
import { enterByLink, onSignedInElsewhere } from '../rpc/session.ts'
import { Shell } from './shell.tsx'
import { SignInCover } from './sign-in-cover.tsx'
import { SignInPage } from './sign-in-page.tsx'

interface EntranceProps {
  /** Why the link that was opened did not let in. */
  readonly linkProblem: string | undefined
}

/** The console for who is signed in, and the way in for who is not. What somebody has not saved when the session ends waits out of reach. */
export function Entrance({ linkProblem }: EntranceProps) {
  const connection = useConnection()
  const isOut = useConnectionState().kind === 'signed-out'
  const [problem, setProblem] = useState(linkProblem)
  const [wasOut, setWasOut] = useState(isOut)
  const [isKept, setKept] = useState(false)
  if (isOut !== wasOut) {
    setWasOut(isOut)
    setKept(isOut && leaveQuestion() !== undefined)
  }

  useEffect(() => {
    if (isDesktop) return undefined
    // A link that is put into the address of a page of the same path loads nothing anew.
    const follow = async () => {
      const entered = await enterByLink()
      setProblem(entered?.problem)
      if (entered && entered.problem === undefined) connection.retry()
    }
    const onHash = () => void follow()
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [connection])

  useEffect(() => (isOut ? onSignedInElsewhere(connection.retry) : undefined), [connection, isOut])

  return (
    <>
      {(!isOut || isKept) && <Shell />}
      {isOut && !isKept && <SignInPage problem={problem} onSignedIn={connection.retry} />}
      {isOut && isKept && <SignInCover problem={problem} onSignedIn={connection.retry} />}
    </>
  )
}
