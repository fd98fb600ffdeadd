import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { lockHolder, takeDataDirLock } from './data-dir-lock.ts'
import { shareDataDir } from './share-data-dir.ts'

const now = () => Date.now()

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A data directory that a first server has, and a second one that shares it. */
function shared() {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-share-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = takeDataDirLock(dataDir, now)
  const told: string[] = []
  const second = shareDataDir(dataDir, now, (message) => void told.push(message))
  onTestFinished(() => second.release())
  return { dataDir, first, second, told, isHeld: () => lockHolder(dataDir, now()) !== undefined }
}

/** Lets the second server look so many times whether the first has gone. */
function look(times: number): void {
  vi.advanceTimersByTime(times * 5000)
}

test('a second server is told of the first, and takes the mark over when that has gone', async () => {
  const { first, second, told, isHeld } = shared()
  expect(told).toEqual([expect.stringContaining('Another server')])
  look(2)
  first.release()
  expect(isHeld()).toBe(false)
  look(1)
  expect(isHeld()).toBe(true)
  await second.whenMarked
  second.release()
  expect(isHeld()).toBe(false)
  expect(told).toHaveLength(1)
})

test('a mark that cannot be taken is told once, and taken as soon as it can be', () => {
  const { dataDir, first, told, isHeld } = shared()
  first.release()
  // What is in the place of the lock can be neither read nor replaced.
  mkdirSync(join(dataDir, 'rollcall.lock'))
  look(3)
  expect(told).toEqual([expect.stringContaining('Another server'), expect.stringContaining('tried again')])
  rmdirSync(join(dataDir, 'rollcall.lock'))
  look(1)
  expect(isHeld()).toBe(true)
})

test('a server that ends while another has the mark leaves it alone, and does not take it later', () => {
  const { first, second, isHeld } = shared()
  second.release()
  expect(isHeld()).toBe(true)
  first.release()
  look(1)
  expect(isHeld()).toBe(false)
})
