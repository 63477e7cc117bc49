import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { grants, hasPermission, type Permission, permissions, type Role, roles } from '../../src/kernel/permissions.ts'
import { anonymous, isSignedIn, type Principal } from '../../src/kernel/principal.ts'

function principal(role: Role, scopes?: Permission[]): Principal {
  const base = { userId: newId('user'), orgId: newId('organisation'), market: 'national', isOrgVerified: true, role }
  return { ...base, orgKind: 'enterprise', ...(scopes && { scopes }) }
}

const allowed = (permission: Permission) => roles.filter((role) => hasPermission(principal(role), permission))

describe('hasPermission', () => {
  it.each<[Permission, Role[]]>([
    ['listing.read', ['owner', 'member', 'broker', 'operator']],
    ['listing.create', ['owner', 'member', 'broker', 'operator']],
    ['api_key.manage', ['owner', 'operator']],
    ['review.read', ['broker', 'operator']],
    ['review.work', ['broker']],
    ['listing.publish', ['operator']],
    ['organisation.verify', ['operator']],
    ['qualification.verify', ['operator']],
    ['operations.manage', ['operator']],
  ])('grants %s to exactly %j', (permission, expected) => {
    expect(allowed(permission)).toEqual(expected)
  })

  it('lets a caller without credentials only read what is public, register, sign in and stop mails', () => {
    expect(permissions.filter((permission) => hasPermission(anonymous, permission))).toEqual([
      'session.create',
      'organisation.register',
      'market.read',
      'taxonomy.read',
      'listing.read',
      'search.read',
      'auction.read',
      'licence.read',
      'statistics.read',
      'policy.read',
      'notification.unsubscribe',
    ])
  })

  it('grants every permission to somebody, and to the signed-in whatever the anonymous have', () => {
    expect(permissions.filter((permission) => allowed(permission).length === 0)).toEqual([])
    for (const role of roles) expect(grants[role]).toEqual(expect.arrayContaining([...grants.anonymous]))
  })

  it('gives an API key no more than its scopes and no more than its role', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), fc.subarray(permissions), (role, scopes) => {
        const held = permissions.filter((permission) => hasPermission(principal(role, scopes), permission))
        expect(held).toEqual(permissions.filter((each) => scopes.includes(each) && grants[role].includes(each)))
      }),
    )
  })

  it('gives an API key without any scope nothing', () => {
    expect(permissions.filter((permission) => hasPermission(principal('operator', []), permission))).toEqual([])
  })
})

describe('isSignedIn', () => {
  it('tells principals from the anonymous', () => {
    expect([isSignedIn(anonymous), isSignedIn(principal('member'))]).toEqual([false, true])
  })
})
