import { describe, expect, it } from 'vitest'
import { ipv6Prefix, networkOf } from '../../src/kernel/network.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:0a::1', '2001:db8:a::/48'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
  ])('of %s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })

  it('is the same for all spellings of one address', () => {
    expect(ipv6Prefix('2001:0db8::', 4)).toBe(ipv6Prefix('2001:db8:0:0:ffff::', 4))
  })
})
