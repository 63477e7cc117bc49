import { describe, expect, it } from 'vitest'
import { readOptions } from '../../src/cli/read-options.ts'
import { ConfigError } from '../../src/config.ts'

describe('the options of a command', () => {
  const usage = 'usage: npm run backup -- --to FILE'
  const read = (...args: string[]) => {
    const before = process.argv
    process.argv = [...before.slice(0, 2), ...args]
    try {
      return readOptions(usage, { to: { type: 'string' } })
    } finally {
      process.argv = before
    }
  }

  it('are read by their names', () => {
    expect(read('--to', 'a.tar')).toEqual({ to: 'a.tar' })
    expect(read()).toEqual({})
  })

  it('that it does not know are refused with the usage', () => {
    expect(() => read('--too', 'a.tar')).toThrow(ConfigError)
    expect(() => read('--too', 'a.tar')).toThrow(usage)
  })
})
