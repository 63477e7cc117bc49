import { describe, expect, it } from 'vitest'
import { newId } from '../../../../src/kernel/ids.ts'
import { holdsLease, isLeased, noLease } from '../../../../src/modules/review/domain/lease.ts'

const leaseUntil = new Date('2026-03-02T01:15:00Z')
const before = new Date('2026-03-02T01:14:59.999Z')
const leaseOwner = newId('user')
const lease = { leaseOwner, leaseUntil, leaseToken: 'a' }

describe('a lease', () => {
  it('holds until its end, not at it', () => {
    expect(isLeased(lease, before)).toBe(true)
    expect(isLeased(lease, leaseUntil)).toBe(false)
    expect(isLeased(noLease, before)).toBe(false)
  })

  it('is held by its owner with its token alone', () => {
    expect(holdsLease(lease, { userId: leaseOwner, leaseToken: 'a' }, before)).toBe(true)
    expect(holdsLease(lease, { userId: leaseOwner, leaseToken: 'a' }, leaseUntil)).toBe(false)
    expect(holdsLease(lease, { userId: leaseOwner, leaseToken: 'b' }, before)).toBe(false)
    expect(holdsLease(lease, { userId: newId('user'), leaseToken: 'a' }, before)).toBe(false)
  })
})
