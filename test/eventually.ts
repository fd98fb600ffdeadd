import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks again and again until the answer is the wanted one, and throws with the last answer after `withinMs`. A second and a half is for what is
 * promised within a second: what a command changes is in force in a running server. What nobody promises gets more, for a busy machine is slow.
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  withinMs = 1_500,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (isWanted(answer)) return answer
    if (performance.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${JSON.stringify(answer)}`)
    await pause(25)
  }
}
