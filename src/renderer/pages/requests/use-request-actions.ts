import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Request, RequestDetail } from '../../../contract/requests.ts'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import { problemOf } from '../../rpc/problem-of.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { writeClipboard } from './clipboard.ts'
import { summaryLine } from './detail/exchange-text.ts'
import { fetchFile } from '../../components/file/fetch-file.ts'
import type { RequestLog } from './log/request-log.ts'

/** What has just been done, or why it could not be, for the line below the list. */
export interface ActionNotice {
  readonly text: string
  readonly isProblem: boolean
}

export interface RequestActions {
  readonly notice: ActionNotice | undefined
  /** A pin whose removal would remove the request with it, and waits for an answer. */
  readonly unpinning: Request | undefined
  copyCurl(request: Pick<Request, 'id'>): void
  copySummary(request: Request): void
  copyLink(request: Pick<Request, 'id'>): void
  togglePin(request: Request | RequestDetail): void
  confirmUnpin(): void
  cancelUnpin(): void
  save(filter: readonly RequestTerm[], format: 'har' | 'ndjson'): void
}

/** What can be done with requests, from the list, the detail and by key; what came of it is told in one place. */
export function useRequestActions(log: RequestLog): RequestActions {
  const engine = useEngine()
  const connection = useConnection()
  const [notice, setNotice] = useState<ActionNotice>()
  const [unpinning, setUnpinning] = useState<Request>()
  const tell = (text: string) => setNotice({ text, isProblem: false })
  const onError = (error: unknown) => setNotice({ text: problemOf(error), isProblem: true })
  const pinned = (id: number, isPinned: boolean) => {
    log.update(id, { isPinned })
    setUnpinning(undefined)
    tell(
      isPinned
        ? `Request ${id} is pinned: the log keeps it, however old it gets.`
        : `Request ${id} is not pinned any more.`,
    )
  }
  const pin = useMutation(engine.requests.pin.mutationOptions({ onSuccess: (_, { id }) => pinned(id, true), onError }))
  const unpin = useMutation(
    engine.requests.unpin.mutationOptions({ onSuccess: (_, { id }) => pinned(id, false), onError }),
  )
  const save = useMutation(
    engine.requests.save.mutationOptions({
      onMutate: () => tell('Making the file…'),
      onSuccess(saved) {
        if (saved.kind === 'cancelled') return setNotice(undefined)
        if (saved.kind === 'written') return tell(`Saved to ${saved.file}, readable for you alone.`)
        fetchFile(saved.path, saved.name)
        return tell(`The browser is fetching ${saved.name}.`)
      },
      onError,
    }),
  )

  async function copy(text: string | Promise<string>, told: string): Promise<void> {
    try {
      await writeClipboard(text)
      tell(told)
    } catch (error) {
      if (error instanceof DOMException) setNotice({ text: 'This browser forbids copying.', isProblem: true })
      else onError(error)
    }
  }

  async function curlOf(id: number): Promise<string> {
    const { command, remarks } = await connection.engine.requests.curl({ id })
    // Remarks of what is missing travel with the command; that of the token is told once, here.
    return [...remarks.slice(1).map((remark) => `# ${remark}`), command].join('\n')
  }

  return {
    notice,
    unpinning,
    copyCurl: ({ id }) =>
      void copy(curlOf(id), `Request ${id} is copied as cURL. It takes the token from $SCIM_TOKEN.`),
    copySummary: (request) =>
      void copy(summaryLine(request, undefined), `The summary of request ${request.id} is copied.`),
    copyLink: ({ id }) => void copy(`${location.origin}/requests/${id}`, `The address of request ${id} is copied.`),
    togglePin(request) {
      if (!request.isPinned) pin.mutate({ id: request.id })
      else if ('isOnlyPinned' in request && request.isOnlyPinned) setUnpinning(request)
      else unpin.mutate({ id: request.id })
    },
    confirmUnpin: () => unpinning && unpin.mutate({ id: unpinning.id }),
    cancelUnpin: () => setUnpinning(undefined),
    save: (filter, format) => save.mutate({ filter: [...filter], format }),
  }
}
