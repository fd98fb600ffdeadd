import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../rpc/engine.ts'
import { inputProblem } from '../../rpc/problem-of.ts'
import { useNews } from '../../stores/news.ts'

export interface PublicAddressDraft {
  /** What is in force; empty where none was given. */
  readonly known: string
  readonly shown: string
  /** What is wrong with the address that was to be saved. */
  readonly problem: string | undefined
  /** Why it was not saved, where that is not the address's fault. */
  readonly trouble: unknown
  readonly isSaving: boolean
  type(text: string): void
  /** Saves what was typed; false when it was not saved, of which `problem` or `trouble` then tells. */
  save(): Promise<boolean>
}

/** The public address as somebody types it, so that whatever leads on from its screen can save it too. */
export function usePublicAddress(): PublicAddressDraft {
  const engine = useEngine()
  const endpoint = useNews((state) => state.news?.endpoint)
  const [text, setText] = useState<string>()
  const setting = useMutation(engine.settings.set.mutationOptions({ onSuccess: () => setText(undefined) }))
  const problem = inputProblem(setting.error)
  const known = endpoint?.hasPublicUrl === true ? endpoint.publicOrigin : ''
  const shown = text ?? known
  return {
    known,
    shown,
    problem,
    trouble: problem === undefined ? setting.error : null,
    isSaving: setting.isPending,
    type: setText,
    save: () =>
      shown === known
        ? Promise.resolve(true)
        : setting.mutateAsync({ name: 'public-url', value: shown }).then(
            () => true,
            () => false,
          ),
  }
}
