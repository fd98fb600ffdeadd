import { expect, test } from 'vitest'
import { notificationText } from './notification-text.ts'

test('no text opens an element, breaks a line or turns the direction of writing', () => {
  const shown = notificationText('R&D <b>Ana</b>\r\n<img src=x>\u202Emoss\u0000 &lt;i&gt;')
  expect(shown).toBe('R&D ‹b>Ana‹/b> ‹img src=x> moss &lt;i&gt;')
})

test('a long text is cut', () => {
  expect(notificationText('x'.repeat(5000))).toHaveLength(300)
  expect(notificationText('x'.repeat(300))).toBe('x'.repeat(300))
})
