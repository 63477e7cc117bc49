import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { hashPassword, isHashOutdated, isPasswordRight } from '../../../src/modules/identity/passwords.ts'

describe('passwords', () => {
  it('are argon2id with 19 MiB, two passes and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('one and the same'), hashPassword('one and the same')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(first).not.toBe(second)
    expect(await isPasswordRight('one and the same', first)).toBe(true)
    expect(await isPasswordRight('one and the sane', first)).toBe(false)
    expect(isHashOutdated(first)).toBe(false)
  })

  it('fit in any Unicode spelling and are not cut at any length', async () => {
    const long = `${'é'.normalize('NFC')}${'x'.repeat(126)}`
    const stored = await hashPassword(`${long}1`)
    expect(await isPasswordRight(`${long}1`.normalize('NFD'), stored)).toBe(true)
    expect(await isPasswordRight(`${long}2`, stored)).toBe(false)
  })

  it('are wrong for an account that does not exist', async () => {
    expect(await isPasswordRight('anything at all', undefined)).toBe(false)
  })

  it('are known to be outdated when their parameters are lower', async () => {
    const old = await hash('one and the same', { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    expect(isHashOutdated(old)).toBe(true)
  })
})
