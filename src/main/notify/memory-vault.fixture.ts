import type { Vault } from '../vault/vault.ts'

/** A vault that forgets everything with the test. */
export class MemoryVault implements Vault {
  readonly kind = 'file'
  readonly secrets = new Map<string, string>()
  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(name))
  }
  set(name: string, value: string): Promise<void> {
    this.secrets.set(name, value)
    return Promise.resolve()
  }
  delete(name: string): Promise<void> {
    this.secrets.delete(name)
    return Promise.resolve()
  }
  check(): Promise<void> {
    return Promise.resolve()
  }
}
