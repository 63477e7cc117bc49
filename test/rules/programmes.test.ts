import { describe, expect, it } from 'vitest'
import littleGiant from '../../seeds/programmes/little-giant-innovation.json' with { type: 'json' }
import purchaseReward from '../../seeds/programmes/lvliang-purchase-reward.json' with { type: 'json' }
import proofOfConcept from '../../seeds/programmes/ningbo-proof-of-concept.json' with { type: 'json' }
import technologySme from '../../seeds/programmes/technology-sme.json' with { type: 'json' }
import yikeLoan from '../../seeds/programmes/yike-loan.json' with { type: 'json' }
import { assume, type Benefit, benefitAmount } from '../../src/rules/index.ts'
import { factsOf, judge } from './support.ts'

const yuan = (amount: number) => amount * 100
const wan = (amount: number) => yuan(amount * 10_000)

describe('科技型中小企业', () => {
  const clean = { isProhibitedBusiness: false, hasSeriousAccident: false, hasSeriousDishonesty: false }
  const small = { staff: 100, revenueFen: wan(2_000), assetsFen: wan(3_000), costFen: wan(1_800), ...clean }

  it.each([
    // staff 10 % = 4, R&D 6 % of sales = 50, one class II right = 6: exactly 60
    [{ rdStaff: 10, rdSpendFen: wan(120), ipClassOne: 0, ipClassTwo: 1 }, 'yes', 60],
    // a fen less of R&D: 40 points for 5 %
    [{ rdStaff: 10, rdSpendFen: wan(120) - 1, ipClassOne: 0, ipClassTwo: 1 }, 'no', 50],
    // 80 points, but nobody in R&D
    [{ rdStaff: 9, rdSpendFen: wan(120), ipClassOne: 1, ipClassTwo: 0 }, 'no', 80],
    // 30 % of the cost is the better option
    [{ rdStaff: 30, rdSpendFen: wan(540), costFen: wan(1_800), ipClassOne: 1, ipClassTwo: 0 }, 'yes', 100],
  ] as const)('%j is %s with %d points', (rest, answer, points) => {
    const finding = judge(technologySme.rules, factsOf({ ...small, ...direct, ...rest }))
    expect(finding.answer).toBe(answer)
    const score = finding.children[6]?.children[1]
    expect(score?.points).toEqual([points, points])
  })

  const direct = {
    ...{ hasNationalAward: false, hasProvincialRdBody: false, hasLedStandard: false },
    qualificationsNotHeld: ['high_tech_enterprise'],
  }

  it('is passed directly by a valid 高新技术企业', () => {
    const held = [{ type: 'high_tech_enterprise', validTo: '2026-06-01' }]
    expect(judge(technologySme.rules, factsOf(small, held))).toMatchObject({ answer: 'yes', holdsUntil: '2026-06-01' })
    expect(judge(technologySme.rules, factsOf(small, held), '2026-06-02').answer).toBe('unknown')
  })

  it.each([{ staff: 501 }, { revenueFen: wan(20_000) + 1 }, { assetsFen: wan(20_000) + 1 }])(
    'is refused by %j',
    (over) => {
      expect(judge(technologySme.rules, factsOf({ ...small, ...over })).answer).toBe('no')
    },
  )

  it('names what is missing', () => {
    const { answer, missing } = judge(technologySme.rules, factsOf({ ...small, ...direct, rdStaff: 30 }))
    expect(answer).toBe('unknown')
    expect(missing).toEqual(['rdSpendFen', 'ipClassOne', 'ipClassTwo'])
  })

  it('says what three more R&D staff would change', () => {
    const facts = factsOf({ ...small, ...direct, rdStaff: 9, rdSpendFen: wan(120), ipClassOne: 1, ipClassTwo: 0 })
    expect(judge(technologySme.rules, facts).answer).toBe('no')
    const assumed = assume(facts, [{ field: 'rdStaff', add: 3 }], '2026-06-01')
    expect(judge(technologySme.rules, assumed).answer).toBe('yes')
  })
})

describe('江门邑科贷', () => {
  const base = { isListed: false, revenueFen: wan(50_000), hasSeriousDishonesty: false }
  it.each(['isIncubatorTenant', 'isContestWinner', 'hasCoreIp', 'isTalentFounded'])(
    'takes %s for one of seven',
    (flag) => {
      expect(judge(yikeLoan.rules, factsOf({ ...base, [flag]: true })).answer).toBe('yes')
    },
  )
  it.each(['high_tech_enterprise', 'little_giant', 'technology_sme'])('takes %s for one of seven', (type) => {
    expect(judge(yikeLoan.rules, factsOf(base, [{ type }])).answer).toBe('yes')
  })
  it('asks for evidence while none of the seven is known, and refuses above five hundred million', () => {
    expect(judge(yikeLoan.rules, factsOf(base))).toMatchObject({ answer: 'unknown' })
    expect(judge(yikeLoan.rules, factsOf({ ...base, revenueFen: wan(50_000) + 1, hasCoreIp: true })).answer).toBe('no')
    expect(judge(yikeLoan.rules, factsOf({ ...base, hasCoreIp: true, isListed: true })).answer).toBe('no')
  })
})

describe('专精特新小巨人, innovation', () => {
  const sound = { hasOwnRdBody: true, ipClassOne: 2 }
  const of = (revenue: number, share: number, rest = {}) =>
    judge(
      littleGiant.rules,
      factsOf({
        ...{ hasNationalAward: false, isMakerTopFifty: false, ...sound },
        ...{ revenueFen: wan(revenue), revenuePriorFen: wan(revenue) },
        ...{ rdSpendFen: (wan(revenue) / 100) * share, rdSpendPriorFen: (wan(revenue) / 100) * share },
        ...{ newEquityFen: 0, staff: 100, rdStaff: 10, ...rest },
      }),
    ).answer

  it.each([
    [10_000, 3, 'yes'],
    [10_000, 2, 'no'],
    [9_999, 3, 'no'],
    [5_000, 6, 'yes'],
    [4_999, 6, 'no'],
  ] as const)('at 收入 %d 万元 and %d %% R&D is %s', (revenue, share, answer) =>
    expect(of(revenue, share)).toBe(answer),
  )

  it('lets new equity, R&D and half the staff stand in for sales', () => {
    const rich = { newEquityFen: wan(8_000), rdSpendFen: wan(3_000), rdStaff: 50 }
    expect(of(1_000, 1, rich)).toBe('yes')
    expect(of(1_000, 1, { ...rich, rdStaff: 49 })).toBe('no')
  })

  it('is passed directly by the top fifty of 创客中国', () => {
    expect(of(1_000, 0, { isMakerTopFifty: true, hasOwnRdBody: false })).toBe('yes')
  })
})

describe('吕梁 purchase reward', () => {
  it('takes verified payments above one million, not at it', () => {
    const at = (purchasePaidFen: number) =>
      judge(purchaseReward.rules, factsOf({ region: '141102', purchasePaidFen })).answer
    expect([at(wan(100)), at(wan(100) + 1)]).toEqual(['no', 'yes'])
  })
  it('needs proof of the payment, and the right place', () => {
    const facts = factsOf({ region: '141102' })
    const declared = new Map([...facts.fields, ['purchasePaidFen', { value: wan(200), isVerified: false }]])
    expect(judge(purchaseReward.rules, { ...facts, fields: declared })).toMatchObject({
      ...{ answer: 'unknown', missing: ['purchasePaidFen'] },
    })
    expect(judge(purchaseReward.rules, factsOf({ region: '140100', purchasePaidFen: wan(200) })).answer).toBe('no')
  })
})

describe('宁波 proof-of-concept subsidy', () => {
  const amount = (invested: number) =>
    benefitAmount(proofOfConcept.benefit as Benefit, factsOf({ pocCashInvestedFen: invested }), '2026-06-01')

  it('pays 30 % of the cash, rounded down to a fen, at most ten million, only above five million', () => {
    const at = (invested: number) =>
      judge(proofOfConcept.rules, factsOf({ region: '330203', pocCashInvestedFen: invested })).answer
    expect([at(wan(500)), at(wan(500) + 1)]).toEqual(['no', 'yes'])
    expect([amount(wan(600)), amount(wan(600) + 1), amount(wan(5_000))]).toEqual([wan(180), wan(180), wan(1_000)])
  })
})
