import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)

/** Output and exit code of `npm run licences`. */
function licences(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return run(process.execPath, ['.ci/licences.mjs', ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
}

it('every package has a licence that the product may ship or be built with, and is listed with its version', async () => {
  const { code, stdout, stderr } = await licences()
  expect([code, stderr]).toEqual([0, ''])
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object }
  for (const name of Object.keys(dependencies)) expect(stdout).toMatch(new RegExp(`^${name} \\d\\S* \\S`, 'm'))
})

it.each([
  ['GPL-3.0-only', false, 1],
  ['MIT OR GPL-3.0-only', false, 0],
  ['MIT AND GPL-3.0-only', false, 1],
  ['MPL-2.0', false, 1],
  ['MPL-2.0', true, 0],
  [undefined, false, 1],
])('a package under %s (for development: %s) ends the check with %i', async (license, dev, code) => {
  const directory = await mkdtemp(join(tmpdir(), 'queqiao-licences-'))
  const lock = join(directory, 'package-lock.json')
  const packages = { '': {}, 'node_modules/a/node_modules/b': { version: '1.0.0', license, dev } }
  await writeFile(lock, JSON.stringify({ packages }))
  const found = await licences(lock)
  await rm(directory, { recursive: true })
  expect([found.code, found.stdout]).toEqual([code, expect.stringMatching(/^b 1\.0\.0 /)])
})
