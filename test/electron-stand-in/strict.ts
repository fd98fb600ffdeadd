import type { Events } from './events.ts'

/** What a stand-in offers of a real object. Listening is added by `strict`, from the events that it can emit. */
export type Offers<Real> = Partial<Omit<Real, keyof NodeJS.EventEmitter>>

/** Everything that was asked for and is not emulated, also where the error was caught. */
export const notEmulated: string[] = []

function refuse(what: string): never {
  notEmulated.push(what)
  throw new Error(`The stand-in does not emulate ${what}.`)
}

/** What JavaScript itself looks for in any object. */
const askedOfAll: ReadonlySet<string | symbol> = new Set(['then', 'toJSON', 'constructor'])

function handlerOf(name: string): ProxyHandler<object> {
  return {
    get(target, key) {
      if (key in target) return Reflect.get(target, key, target)
      if (typeof key === 'symbol' || askedOfAll.has(key)) return undefined
      return refuse(`${name}.${key}`)
    },
    set(target, key, value) {
      if (typeof key === 'symbol' || !(key in target)) return refuse(`setting ${name}.${String(key)}`)
      return Reflect.set(target, key, value, target)
    },
  }
}

/**
 * Makes what is offered stand for the whole: the compiler checks that each part is assignable to the real one and that there is no other, and
 * at run time everything else throws.
 */
export function strict<Real extends object>(name: string, offered: Offers<Real>, events?: Events): Real {
  const target: object = Object.create(null)
  Object.defineProperties(target, Object.getOwnPropertyDescriptors(offered))
  if (events) Object.defineProperties(target, Object.getOwnPropertyDescriptors(events.methods))
  // Whoever uses a part that is not here is stopped by the handler: that is what the type claims more than there is.
  return new Proxy(target, handlerOf(name)) as Real
}

/** The same for a class: what its instances are, and its static parts. */
export function strictClass<Real extends abstract new (...args: never[]) => object>(
  name: string,
  construct: (...args: ConstructorParameters<Real>) => InstanceType<Real>,
  statics: Partial<Real> = {},
): Real {
  const target = Object.assign(function standIn() {}, statics)
  return new Proxy(target, {
    ...handlerOf(name),
    construct: (_target, args: ConstructorParameters<Real>) => construct(...args),
  }) as unknown as Real
}
