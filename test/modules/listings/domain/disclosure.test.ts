import { describe, expect, it } from 'vitest'
import { newId } from '../../../../src/kernel/ids.ts'
import { anonymous, type Principal } from '../../../../src/kernel/principal.ts'
import { disclosureOf } from '../../../../src/modules/listings/domain/disclosure.ts'

const orgId = newId('organisation')
const viewer = (change: Partial<Principal>): Principal => ({
  ...{ userId: newId('user'), orgId: newId('organisation'), orgKind: 'enterprise', market: 'ningbo' },
  ...{ isOrgVerified: true, role: 'owner', ...change },
})

describe('the disclosure of a listing', () => {
  it('is the teaser for whoever is not signed in', () => {
    expect(disclosureOf(anonymous, { orgId })).toBe('teaser')
  })

  it.each(['owner', 'member', 'broker', 'operator'] as const)('is the member view for a foreign %s', (role) => {
    expect(disclosureOf(viewer({ role, orgKind: 'market_operator' }), { orgId })).toBe('member')
  })

  it.each(['owner', 'member', 'broker', 'operator'] as const)('is full for a %s of the own organisation', (role) => {
    expect(disclosureOf(viewer({ role, orgId }), { orgId })).toBe('full')
  })
})
