import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, isLoopbackAddress, isPublicAddress } from '../../../src/adapters/webhooks/public-address.ts'
import { closedAddresses, publicAddresses } from './addresses.ts'

describe('an address', () => {
  it.each(closedAddresses)('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(publicAddresses)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each(['', 'localhost', '1.2.3', '256.1.1.1', '1::2::3', '0x7f.0.0.1'])(
    '"%s" is none, so it is not public',
    (text) => {
      expect(isPublicAddress(text)).toBe(false)
      expect(bytesOf(text)).toBeUndefined()
    },
  )

  it('is judged by its bytes: every IPv4 address inside an IPv6 address stays closed', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const prefix of ['::', '::ffff:', '64:ff9b::']) expect(isPublicAddress(`${prefix}${address}`)).toBe(false)
      }),
    )
  })

  it('has the bytes of all its groups, however it is abbreviated', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(bytesOf(address)).toHaveLength(16)
      }),
    )
    expect(bytesOf('1::2:3')).toEqual([0, 1, ...Array(10).fill(0), 0, 2, 0, 3])
  })

  it('is a loopback in all of 127.0.0.0/8 and in ::1 only', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true])
    expect(['128.0.0.1', '::2', '::ffff:127.0.0.1', 'x'].map(isLoopbackAddress)).toEqual([false, false, false, false])
  })
})
