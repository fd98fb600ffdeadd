import { keyHash } from '../../store/journal/key-hash.ts'
import type { Noun } from './exchange-role.ts'

/** Beyond so many users and groups of one activity each request counts for itself: 10 MB. */
const mostSubjects = 1 << 20

/** Users and groups by number. Of a million, some hundred share theirs; nothing but a count depends on it. */
export function subjectNumber(noun: Noun, key: string): number {
  return keyHash(noun === 'user' ? key : `g ${key}`) || 1
}

/** What one activity has done about each user and group: 5 bytes for each of them, in a table that grows. */
export interface SubjectLedger {
  bitsOf(subject: number): number
  set(subject: number, bits: number): void
}

export function createSubjectLedger(): SubjectLedger {
  let capacity = 1024
  let subjects = new Uint32Array(capacity)
  let bits = new Uint8Array(capacity)
  let used = 0

  /** Where a subject stands, or the free place where it would. */
  function placeOf(subject: number): number {
    let at = subject & (capacity - 1)
    while (subjects[at] !== 0 && subjects[at] !== subject) at = (at + 1) & (capacity - 1)
    return at
  }

  function grow(): void {
    const [oldSubjects, oldBits] = [subjects, bits]
    capacity *= 2
    subjects = new Uint32Array(capacity)
    bits = new Uint8Array(capacity)
    // Counted, for entries of so long an array would cost more than all else that is done for a subject.
    for (let n = 0; n < oldSubjects.length; n++) {
      const subject = oldSubjects[n] ?? 0
      if (subject === 0) continue
      const at = placeOf(subject)
      subjects[at] = subject
      bits[at] = oldBits[n] ?? 0
    }
  }

  return {
    bitsOf: (subject) => bits[placeOf(subject)] ?? 0,
    set(subject, value) {
      let at = placeOf(subject)
      if (subjects[at] === 0) {
        if (used >= mostSubjects) return
        used += 1
        if (used * 2 > capacity) {
          grow()
          at = placeOf(subject)
        }
        subjects[at] = subject
      }
      bits[at] = value
    },
  }
}

const bytesPerMark = 5

/** Marks as they are stored: number and bits, one after the other. */
export function packMarks(marks: ReadonlyMap<number, number>): Buffer {
  const packed = Buffer.allocUnsafe(marks.size * bytesPerMark)
  let at = 0
  for (const [subject, value] of marks) {
    packed.writeUInt32LE(subject, at)
    packed.writeUInt8(value, at + 4)
    at += bytesPerMark
  }
  return packed
}

export function unpackMarks(packed: Uint8Array, take: (subject: number, bits: number) => void): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  for (let at = 0; at + bytesPerMark <= packed.length; at += bytesPerMark)
    take(view.getUint32(at, true), view.getUint8(at + 4))
}
