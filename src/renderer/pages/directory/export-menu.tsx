import { Button, Menu, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { bytesText } from '../../components/text/amount-text.ts'
import { Problem } from '../../components/state/problem.tsx'
import { saveFile } from '../../components/file/save-file.ts'
import { dateText } from '../../components/text/time-text.ts'
import { useConnection } from '../../rpc/engine.ts'
import type { StreamBatch } from '../../rpc/follow-stream.ts'
import { readStream } from '../../rpc/read-stream.ts'

type Format = 'csv' | 'json'

interface ExportMenuProps {
  /** What the file is called: "people". */
  readonly name: string
  /** What is in it: "the people that are filtered". */
  readonly what: string
  readonly csvRemark: string
  open(
    where: { readonly subscription: string; readonly format: Format },
    signal: AbortSignal,
  ): Promise<AsyncIterable<StreamBatch<string>>>
}

/** Saves what a list shows, whole, as CSV or JSON. */
export function ExportMenu({ name, what, csvRemark, open }: ExportMenuProps) {
  const connection = useConnection()
  const [received, setReceived] = useState<number>()
  const [error, setError] = useState<unknown>()
  const ended = useRef<AbortController>(undefined)

  useEffect(() => () => ended.current?.abort(), [])

  async function save(format: Format): Promise<void> {
    const controller = new AbortController()
    ended.current = controller
    const parts: string[] = []
    setReceived(0)
    setError(undefined)
    try {
      await readStream<string>({
        connection,
        signal: controller.signal,
        isResumable: false,
        open: ({ subscription }, signal) => open({ subscription, format }, signal),
        onBatch({ items }) {
          parts.push(...items)
          setReceived((before) => (before ?? 0) + items.reduce((sum, each) => sum + each.length, 0))
        },
      })
      const type = format === 'csv' ? 'text/csv' : 'application/json'
      if (!controller.signal.aborted) saveFile(`${name}-${dateText(Date.now())}.${format}`, parts, type)
    } catch (problem) {
      setError(problem)
    }
    setReceived(undefined)
  }

  if (received !== undefined)
    return (
      <Button variant="default" onClick={() => ended.current?.abort()}>
        Stop the export ({bytesText(received)})
      </Button>
    )
  return (
    <>
      {error !== undefined && <Problem error={error} title="Nothing was exported." />}
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={14} aria-hidden />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{what}</Menu.Label>
          <Menu.Item onClick={() => void save('csv')}>
            As CSV
            <Text size="xs" c="dimmed">
              {csvRemark}
            </Text>
          </Menu.Item>
          <Menu.Item onClick={() => void save('json')}>
            As JSON
            <Text size="xs" c="dimmed">
              Everything, as SCIM has it.
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
