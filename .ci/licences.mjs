// `npm run licences [-- package-lock.json]`: what is installed with the product, one a line: name, version, licence, and "development"
// where it does not ship. Ends with 1 when a licence is not among those that Apache-2.0 software may ship with, or build with.
import { readFileSync } from 'node:fs'

const permissive = ['MIT', 'MIT-0', 'MIT/X11', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense']
const shippable = new Set([...permissive, 'BlueOak-1.0.0', 'Zlib', 'CC0-1.0'])
/** Tools that only build and test may have more. */
const usable = new Set([...shippable, 'MPL-2.0', 'Python-2.0'])
/** Packages that do not say it in their package.json, and where they do. */
const toldElsewhere = { 'buffers@0.1.1': 'MIT/X11' }

const packages = readLock(process.argv[2] ?? 'package-lock.json')
const refused = packages.filter(({ licence, isDevelopment }) => !allows(licence, isDevelopment ? usable : shippable))
for (const { name, version, licence, isDevelopment } of packages) {
  process.stdout.write(`${name} ${version} ${licence}${isDevelopment ? ' development' : ''}\n`)
}
for (const { name, version, licence } of refused) {
  process.stderr.write(`refused: ${name} ${version} is under ${licence}\n`)
}
process.exitCode = refused.length === 0 ? 0 : 1

function readLock(path) {
  const { packages: installed } = JSON.parse(readFileSync(path, 'utf8'))
  const found = Object.entries(installed).flatMap(([place, { version, license, dev }]) => {
    if (place === '') return []
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const licence = license ?? toldElsewhere[`${name}@${version}`] ?? 'an unknown licence'
    return [{ name, version, licence, isDevelopment: dev === true }]
  })
  const unique = new Map(found.map((one) => [`${one.name} ${one.version} ${one.isDevelopment}`, one]))
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** An SPDX expression without nested brackets: of "OR" one has to be allowed, of "AND" all. */
function allows(expression, allowed) {
  const terms = expression.replace(/[()]/g, '').split(' OR ')
  return terms.some((term) => term.split(' AND ').every((one) => allowed.has(one.trim())))
}
