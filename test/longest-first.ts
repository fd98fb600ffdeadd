import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first. */
const longest = [
  'test/crash/acknowledged-writes.test.ts',
  'test/crash/conversion.test.ts',
  'test/fuzz/hostile.test.ts',
  'src/main/store/lists/lists.property.test.ts',
  'src/headless/user-ids/user-ids-command.test.ts',
  'src/headless/notify/notify-command.test.ts',
  'src/headless/directory/import-users.test.ts',
  'src/headless/user-ids/jobs-command.test.ts',
  'src/main/api/people.test.ts',
  'src/main/api/conversions.test.ts',
]

function rankOf({ moduleId }: TestSpecification): number {
  const rank = longest.findIndex((each) => moduleId.endsWith(`/${each}`))
  return rank === -1 ? longest.length : rank
}

/** Begins with what takes longest, so that no process is left alone with it at the end; the others come as Vitest would order them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Vitest's, not an array's
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}
