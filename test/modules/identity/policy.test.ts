import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { type Role, roles } from '../../../src/kernel/permissions.ts'
import type { OrganisationKind, Principal } from '../../../src/kernel/principal.ts'
import {
  assertAllowed,
  assertInPerson,
  mayAddUser,
  maySpeakFor,
  relationOf,
} from '../../../src/modules/identity/policy.ts'

const home = newId('organisation')
const elsewhere = newId('organisation')
const actorOf = (role: Role, market = 'ningbo'): Principal => ({
  userId: newId('user'),
  orgId: home,
  orgKind: 'enterprise',
  market,
  isOrgVerified: true,
  role,
})
const target = (id: string, kind: OrganisationKind = 'enterprise') => ({ id, kind })
const beilun = ['ningbo-beilun', 'ningbo']

function addable(actor: Principal, { id, kind }: ReturnType<typeof target>) {
  const relation = relationOf(actor, { id, kind }, beilun)
  return roles.filter((role) => mayAddUser(actor, relation, { id, kind }, role))
}

describe('relationOf', () => {
  it('makes an operator operator of its market and the branches, of nothing beside or above', () => {
    expect(relationOf(actorOf('operator'), target(elsewhere), beilun).isOperator).toBe(true)
    expect(relationOf(actorOf('operator', 'jiangsu'), target(elsewhere), beilun).isOperator).toBe(false)
    expect(relationOf(actorOf('operator', 'ningbo-beilun'), target(elsewhere), ['ningbo']).isOperator).toBe(false)
  })

  it.each(['owner', 'member', 'broker'] as const)('makes no operator of a %s', (role) => {
    expect(relationOf(actorOf(role), target(elsewhere), beilun).isOperator).toBe(false)
  })
})

describe('mayAddUser', () => {
  it('says who adds whom, and nothing else is allowed', () => {
    expect(addable(actorOf('owner'), target(home))).toEqual(['owner', 'member'])
    expect(addable(actorOf('owner'), target(home, 'broker_firm'))).toEqual(['owner', 'member'])
    expect(addable(actorOf('owner'), target(elsewhere))).toEqual([])
    expect(addable(actorOf('member'), target(home))).toEqual([])
    expect(addable(actorOf('broker'), target(home, 'broker_firm'))).toEqual([])
    expect(addable(actorOf('operator'), target(home, 'market_operator'))).toEqual(['broker', 'operator'])
    expect(addable(actorOf('operator'), target(elsewhere, 'broker_firm'))).toEqual(['broker'])
    expect(addable(actorOf('operator'), target(elsewhere, 'enterprise'))).toEqual([])
    expect(addable(actorOf('operator'), target(elsewhere, 'market_operator'))).toEqual([])
    expect(addable(actorOf('operator', 'jiangsu'), target(elsewhere, 'broker_firm'))).toEqual([])
  })
})

describe('refusals', () => {
  it('let only owners and operators speak for their organisation', () => {
    const own = { isOwn: true, isOperator: false }
    expect(roles.filter((role) => maySpeakFor(actorOf(role), own))).toEqual(['owner', 'operator'])
    expect(maySpeakFor(actorOf('operator'), { isOwn: false, isOperator: true })).toBe(false)
  })

  it('are 403 for insiders and 404 for strangers', () => {
    const refusal = (isOwn: boolean) => () => assertAllowed(false, { isOwn, isOperator: false })
    expect(refusal(true)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
    expect(refusal(false)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  it('keep API keys from what needs a person', () => {
    expect(() => assertInPerson({ ...actorOf('owner'), scopes: ['organisation.update'] })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    )
    expect(() => assertInPerson(actorOf('owner'))).not.toThrow()
  })
})
