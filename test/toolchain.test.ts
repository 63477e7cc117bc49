import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** Output of a tool that found something; empty when it did not. */
async function findings(tool: string, ...args: string[]): Promise<string> {
  return run(`node_modules/.bin/${tool}`, args, { maxBuffer: 32 * 2 ** 20 }).then(
    () => '',
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  )
}

describe('toolchain', () => {
  it('compiles strictly', { timeout: 120_000 }, async () => {
    expect(await findings('tsc', '--noEmit')).toBe('')
  })

  it('is formatted and linted', { timeout: 60_000 }, async () => {
    expect(await findings('biome', 'ci', '--colors=off', '.')).toBe('')
  })
})
