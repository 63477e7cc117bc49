import { describe, expect, it } from 'vitest'
import littleGiant from '../../seeds/programmes/little-giant-innovation.json' with { type: 'json' }
import purchaseReward from '../../seeds/programmes/lvliang-purchase-reward.json' with { type: 'json' }
import proofOfConcept from '../../seeds/programmes/ningbo-proof-of-concept.json' with { type: 'json' }
import technologySme from '../../seeds/programmes/technology-sme.json' with { type: 'json' }
import yikeLoan from '../../seeds/programmes/yike-loan.json' with { type: 'json' }
import { checkRules, compileRules, evaluate, explain } from '../../src/rules/index.ts'
import { factsOf } from './support.ts'

const is = (compare: unknown, comparison: string, to: unknown) => ({ compare, is: comparison, to })
const staff = is('staff', '<=', 500)
const issuesOf = (value: unknown) => checkRules(value).issues.map(({ pointer, code }) => [pointer, code])

describe('a set of rules', () => {
  it.each([technologySme, yikeLoan, littleGiant, purchaseReward, proofOfConcept])('$title is accepted', ({ rules }) => {
    expect(checkRules(rules).issues).toEqual([])
  })

  it('is told the nearest field, qualification, definition and key', () => {
    const rule = { all: [is('revenuFen', '<', 1), { qualification: ['high_tech_enterprize'] }, { use: 'smal' }, staff] }
    const definitions = { small: { ...is('staff', '<', 5), lable: '小' } }
    expect(checkRules({ rule, definitions }).issues.map(({ message }) => message)).toEqual([
      'is not a field; did you mean “revenueFen”?',
      'is not a qualification type; did you mean “high_tech_enterprise”?',
      'is not known here; did you mean “label”?',
    ])
    expect(checkRules({ rule: { use: 'smal' }, definitions: { small: staff } }).issues).toContainEqual({
      pointer: '#/rule/use',
      code: 'unknown_reference',
      message: 'is defined nowhere; did you mean “small”?',
    })
  })

  it.each([
    ['no object', 7, '#', 'type_error'],
    ['no rule', {}, '#/rule', 'type_error'],
    ['two forms', { rule: { all: [staff], any: [staff] } }, '#/rule', 'type_error'],
    ['an empty list', { rule: { all: [] } }, '#/rule/all', 'type_error'],
    ['money as a float', { rule: is('revenueFen', '<', 1.5) }, '#/rule/to', 'type_error'],
    ['a number for a flag', { rule: is('isListed', '=', 1) }, '#/rule/to', 'type_error'],
    ['a flag by size', { rule: is('isListed', '>', true) }, '#/rule/is', 'type_error'],
    ['arithmetic on a day', { rule: is({ sum: ['foundedOn', 1] }, '>', 1) }, '#/rule/compare/sum/0', 'type_error'],
    ['the age of a count', { rule: { age: 'staff', minYears: 1 } }, '#/rule/age', 'type_error'],
    ['a day that is none', { rule: is('foundedOn', '<', '2026-02-31x') }, '#/rule/to', 'type_error'],
    ['a field of every object', { rule: is('constructor', '=', 1) }, '#/rule/compare', 'unknown_field'],
  ])('is refused with %s', (_, value, pointer, code) => expect(issuesOf(value)).toContainEqual([pointer, code]))

  it('is refused with references in a circle, or that nobody uses', () => {
    const definitions = { a: { not: { use: 'b' } }, b: { any: [staff, { use: 'a' }] }, c: staff }
    expect(issuesOf({ rule: { use: 'a' }, definitions })).toEqual([
      ['#/definitions/a', 'reference_cycle'],
      ['#/definitions/b', 'reference_cycle'],
      ['#/definitions/c', 'unused_definition'],
    ])
    expect(issuesOf({ rule: { use: 'toString' } })).toEqual([['#/rule/use', 'unknown_reference']])
  })

  it.each([
    ['a contradiction beside it', { all: [is('staff', '>', 500), staff] }, '#/rule/all/1'],
    [
      'a contradiction above it',
      { all: [staff, { any: [is('staff', '>=', 501), is('hasCoreIp', '=', true)] }] },
      '#/rule/all/1/any/0',
    ],
    ['a wider alternative', { any: [is('staff', '<', 500), staff] }, '#/rule/any/0'],
    ['the same twice', { atLeast: 2, of: [staff, { ...staff, label: '人' }] }, '#/rule/of/1'],
    ['more than there are', { atLeast: 3, of: [staff, is('hasCoreIp', '=', true)] }, '#/rule/atLeast'],
    ['a flag and its opposite', { all: [is('isListed', '=', true), is('isListed', '!=', true)] }, '#/rule/all/1'],
    [
      'no common market',
      {
        all: [
          { member: 'market', in: ['ningbo'] },
          { member: 'market', in: ['ganxian'] },
        ],
      },
      '#/rule/all/1',
    ],
    ['an age that none has', { age: 'foundedOn', minYears: 3, maxYears: 2 }, '#/rule/maxYears'],
    [
      'points that none has',
      { min: 60, score: [{ name: 't', options: [{ of: 'staff', bands: [{ from: 1, points: 50 }] }] }] },
      '#/rule/min',
    ],
    [
      'a hidden band',
      {
        min: 1,
        score: [
          {
            name: 't',
            options: [
              {
                of: 'staff',
                bands: [
                  { from: 1, points: 1 },
                  { from: 2, points: 9 },
                ],
              },
            ],
          },
        ],
      },
      '#/rule/score/0/options/0/bands/1',
    ],
  ])('is refused with a branch that never decides: %s', (_, rule, pointer) => {
    expect(issuesOf({ rule })).toContainEqual([pointer, 'unreachable_branch'])
  })

  it('may ask a list of codes for one of each', () => {
    const rule = {
      all: [
        { member: 'industries', in: ['C39'] },
        { member: 'industries', in: ['I65'] },
      ],
    }
    expect(issuesOf({ rule })).toEqual([])
  })

  it('is refused before it overflows the stack', () => {
    let rule: unknown = staff
    for (let depth = 0; depth < 5_000; depth += 1) rule = { not: rule }
    expect(checkRules({ rule }).issues.map(({ code }) => code)).toEqual(['too_large'])
  })
})

describe('an explanation', () => {
  it('says in Chinese what is asked, what is known, what is missing and how long it holds', () => {
    const rules = checkRules(yikeLoan.rules).rules
    if (rules === undefined) throw new Error('refused')
    const facts = factsOf({ isListed: false, revenueFen: 32_000_000_000 }, [
      { type: 'technology_sme', validTo: '2026-12-31' },
    ])
    const lines = explain(evaluate(compileRules(rules), facts, '2026-06-01'), facts)
    expect(lines.slice(0, 5).map(({ text }) => text)).toEqual([
      '同时满足以下4项：待证实',
      '未上市（现为否）：满足',
      '上年度营业收入不超过5 亿元（现为3.2 亿元）：满足',
      '没有以下情形：近三年有严重失信行为：待证实',
      '七类科技企业之一：满足',
    ])
    expect(lines[3]).toMatchObject({ pointer: '#/rule/all/2', depth: 1, missing: ['近三年有严重失信行为'] })
    expect(lines[4]).toMatchObject({ answer: 'yes', holdsUntil: '2026-12-31' })
  })

  it('is not in force before its first and after its last day', () => {
    const compiled = compileRules({
      rule: { compare: 'hasCoreIp', is: '=', to: true },
      from: '2026-01-01',
      to: '2026-12-31',
    })
    const at = (day: string) => evaluate(compiled, factsOf({ hasCoreIp: true }), day)
    expect(at('2025-12-01')).toMatchObject({ answer: 'no', holdsUntil: '2025-12-31' })
    expect(at('2026-01-01')).toMatchObject({ answer: 'yes', holdsUntil: '2026-12-31' })
    expect(at('2027-01-01')).toMatchObject({ answer: 'no', holdsUntil: '9999-12-31' })
  })
})
