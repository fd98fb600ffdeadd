/** The order matters: Edge says that it is Chrome too, and Chrome that it is Safari. */
const browsers: readonly (readonly [shape: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*Safari/, 'Safari'],
]

const systems: readonly (readonly [shape: RegExp, name: string])[] = [
  [/Windows NT/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** `Firefox 142 on Linux`: what a user agent says of itself, in short. It is no proof of anything. */
export function browserName(userAgent: string): string {
  const system = systems.find(([shape]) => shape.test(userAgent))?.[1]
  const where = system === undefined ? '' : ` on ${system}`
  for (const [shape, name] of browsers) {
    const version = shape.exec(userAgent)?.[1]
    if (version !== undefined) return `${name} ${version}${where}`
  }
  return userAgent.trim() === '' ? 'A browser that does not say its name' : userAgent.slice(0, 80)
}
