import { beforeEach, describe, expect, it } from 'vitest'
import { testClock } from './clock.ts'
import { useTestDatabase } from './db.ts'
import { given } from './given.ts'

const database = useTestDatabase()
const clock = testClock()
const place = () => given({ db: database.db, clock })

beforeEach(() => database.reset())

describe('given', () => {
  it('brings published listings of every kind with their owners, from nothing', async () => {
    const now = place()
    const made = await Promise.all([now.publishedSupply(), now.publishedDemand(), now.publishedFinanceProduct()])
    expect(made.map(({ listing }) => [listing.kind, listing.state, listing.trustCode])).toEqual([
      ['supply', 'published', 'green'],
      ['demand', 'published', 'green'],
      ['finance_product', 'published', 'green'],
    ])
    expect(made.map(({ owner }) => owner.isOrgVerified)).toEqual([true, true, true])
  })

  it('appoints brokers and operators in branches of a market', async () => {
    const now = place()
    await now.market({ code: 'ningbo' })
    await now.market({ code: 'ningbo-beilun', parentCode: 'ningbo', publishOnSubmit: true })
    const broker = await now.broker('ningbo-beilun')
    expect(broker).toMatchObject({ role: 'broker', orgKind: 'broker_firm', market: 'ningbo-beilun' })
    const operator = await now.operator('ningbo')
    expect(await now.operator('ningbo')).toBe(operator)
    expect(await now.user(operator, 'operator')).toMatchObject({ role: 'operator', orgId: operator.orgId })
    expect(await now.organisation({ isVerified: false })).toMatchObject({ isOrgVerified: false, role: 'owner' })
  })
})
