import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openConvertible } from '../conversion.fixture.ts'
import { seedPeople } from '../people.fixture.ts'

test('a preview whose change was cut off by a crash is as it was before, and stands in the way of no other', async () => {
  const directory = openConvertible()
  onTestFinished(() => directory.close())
  seedPeople(directory.dataDir, 2000, 1)
  const plan = await directory.preview()
  const file = join(directory.dataDir, 'plans', `${plan.id}.db`)
  const ends = ['', '-journal']
  const crashed = new Database(file)
  crashed.pragma('cache_size = 10')
  crashed.exec("begin; update plan set outcome = 'skipped', rival = 1")
  for (const end of ends) copyFileSync(`${file}${end}`, `${file}${end}.crashed`)
  crashed.exec('rollback')
  crashed.close()
  for (const end of ends) renameSync(`${file}${end}.crashed`, `${file}${end}`)

  expect(directory.conversions.latest(directory.directoryId)).toEqual(plan)
  expect(existsSync(`${file}-journal`)).toBe(false)
  expect(directory.conversions.users(plan.id, { outcome: 'skipped' }, 0, 1)).toEqual([])
  expect(directory.conversions.users(plan.id, { outcome: 'converts' }, 0, 5000)).toHaveLength(plan.counts.converts)
  expect((await directory.preview()).counts).toEqual(plan.counts)
})
