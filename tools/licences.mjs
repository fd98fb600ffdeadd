// The licences of the packages that are bundled: those that the sources import, and what these need, as the lock file has them.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const imported = /^\s*(?:import|export)\b[^'"]*?from\s+'([^'.][^']*)'|^import '([^'.][^']*)'|import\('([^'.][^']*)'\)/gm

function packageOf(specifier) {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

/** The packages that the sources name, but for what only checks types and for Node's own. */
function roots(root) {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
  const names = new Set()
  for (const file of files)
    for (const [line, ...found] of readFileSync(join(root, file), 'utf8').matchAll(imported)) {
      const specifier = found.find((each) => each !== undefined)
      if (specifier === undefined || /^(node:|virtual:|electron$)/.test(specifier) || /^\s*import type /.test(line))
        continue
      names.add(packageOf(specifier))
    }
  return names
}

/** Where the lock file has a package that is needed from a place: the nearest `node_modules` upwards. */
function placeOf(packages, from, name) {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules')).replace(/\/$/, '')) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (packages[place] !== undefined) return place
    if (at === '') return undefined
  }
}

function licenceText(folder) {
  if (!existsSync(folder)) return ''
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
}

/** Each package once a version, by name: `{ name, version, kind, text }`. */
export function bundledLicences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const seen = new Map()
  const waiting = [...roots(root)].map((name) => placeOf(packages, '', name))
  while (waiting.length > 0) {
    const place = waiting.pop()
    const entry = place === undefined ? undefined : packages[place]
    if (entry === undefined || seen.has(place)) continue
    const folder = join(root, place)
    const name = entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 13)
    seen.set(place, { name, version: entry.version, kind: entry.license ?? 'see text', text: licenceText(folder) })
    for (const needed of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      waiting.push(placeOf(packages, place, needed))
  }
  const unique = new Map([...seen.values()].map((each) => [`${each.name} ${each.version}`, each]))
  return [...unique.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
