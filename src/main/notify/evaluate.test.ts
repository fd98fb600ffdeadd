import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createDataDir, openTestDirectory } from '../directory/test-directory.fixture.ts'
import { openProvisioningReader } from '../provisioning/provisioning-reader.ts'
import { createProvisioning } from '../provisioning/provisioning.ts'
import { openJournalForWriting } from '../store/journal/journal-file.ts'
import { prepareTrackingWrites } from '../store/journal/tracking.ts'
import { evaluate } from './evaluate.ts'
import { defaultNotifySettings } from './notify-settings.ts'

test('what is known of all integrations is read once, and not once for each of them', () => {
  const directory = openTestDirectory()
  const { path, remove } = createDataDir()
  const file = join(path, 'journal.db')
  const journal = openJournalForWriting(file)
  const tracking = prepareTrackingWrites(journal)
  const integrations = directory.store.integrations.all()
  for (const { id } of integrations) tracking.saveTracker({ integration_id: id, state: '{}' })
  const reader = openProvisioningReader(file)
  onTestFinished(() => {
    reader.close()
    journal.close()
    directory.close()
    remove()
  })
  const ofAll = [vi.spyOn(reader, 'all'), vi.spyOn(directory.store.tokens, 'usable')]
  const now = () => Date.parse('2026-01-02T00:00:00Z')
  const provisioning = createProvisioning({ reads: directory.store, reader, now })
  const watched = { reads: directory.store, provisioning, settings: defaultNotifySettings }
  const nothing = { health: undefined, awaitedUrl: undefined, certificates: [] }
  const look = () =>
    evaluate({ ...watched, ...nothing, channels: { hasMail: false, hasDesktop: false, webhooks: [] } }, now())
  expect(look().length).toBeGreaterThan(0)
  expect(integrations.length).toBe(2)
  expect(ofAll.map((each) => each.mock.calls.length)).toEqual([1, 0])
})
