import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDataDir } from './directory/test-directory.fixture.ts'
import { watchLongLogs } from './long-logs.ts'
import { moveLog } from './store/file/checkpoint.ts'
import { openReaderConnection, openWriterConnection } from './store/file/database-files.ts'
import { prepareStoreReads } from './store/store-reads.ts'

it('a log that grows while somebody reads from the database for long is told of once, and its end', () => {
  const dataDir = createDataDir()
  const writer = openWriterConnection(dataDir.path)
  const watching = openReaderConnection(dataDir.path)
  const reader = openReaderConnection(dataDir.path)
  const told: string[] = []
  const database = join(dataDir.path, 'rollcall.db')
  const logs = [{ database, bytes: prepareStoreReads(watching).log.unmoved }]
  const { look } = watchLongLogs(logs, (message) => told.push(message), 1_000_000)
  const write = (bytes: number) => {
    writer.prepare('insert into filler values (zeroblob(?))').run(bytes)
    moveLog(writer)
    look()
  }
  writer.exec('create table filler (bytes blob) strict')
  // However much is written: nobody is in the way.
  write(3_000_000)
  expect(told).toEqual([])
  reader.exec('begin; select * from users')
  for (let n = 0; n < 3; n += 1) write(1_000_000)
  expect(told).toEqual([expect.stringMatching(/^Another program has been reading from .*rollcall\.db for long/)])
  reader.exec('commit')
  write(1000)
  write(1000)
  expect(told.slice(1)).toEqual([expect.stringContaining('rollcall.db-wal')])
  for (const connection of [reader, watching, writer]) connection.close()
  dataDir.remove()
})
