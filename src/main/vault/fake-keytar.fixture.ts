import type { Keytar } from './keytar.ts'

/** A keychain in memory that locks, hangs and fails as libsecret does. */
export class FakeKeytar implements Keytar {
  readonly items = new Map<string, string>()
  isLocked = false
  hangs = false
  failure: string | undefined

  #answer<Answer>(give: () => Answer): Promise<Answer> {
    if (this.hangs) return new Promise(() => undefined)
    if (this.failure !== undefined) return Promise.reject(new Error(this.failure))
    return Promise.resolve().then(give)
  }

  getPassword(service: string, account: string): Promise<string | null> {
    return this.#answer(() => (this.isLocked ? null : (this.items.get(`${service} ${account}`) ?? null)))
  }

  setPassword(service: string, account: string, password: string): Promise<void> {
    return this.#answer(() => {
      if (this.isLocked) throw new Error('Cannot create an item in a locked collection')
      this.items.set(`${service} ${account}`, password)
    })
  }

  deletePassword(service: string, account: string): Promise<boolean> {
    return this.#answer(() => !this.isLocked && this.items.delete(`${service} ${account}`))
  }
}
