import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  compileRules,
  evaluate,
  type Fact,
  type Facts,
  lastDay,
  type Rule,
} from '../../src/rules/index.ts'

const day = '2026-06-01'
const flags = ['isListed', 'hasCoreIp', 'hasLedStandard'] as const
const counts = ['staff', 'rdStaff', 'revenueFen', 'rdSpendFen'] as const
const validTo = fc.constantFrom(undefined, '2025-12-31', '2026-06-01', '2026-09-30', '2027-12-31')

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ compare: fc.constantFrom(...flags), is: fc.constant('=' as const), to: fc.boolean() }),
  fc.record({
    ...{ compare: fc.constantFrom(...counts), is: fc.constantFrom('<', '<=', '>', '>=', '=', '!=') },
    ...{ to: fc.integer({ min: 0, max: 4 }), verified: fc.boolean() },
  }),
  fc.record({
    compare: fc.tuple(fc.constantFrom(...counts), fc.constantFrom(...counts)).map((ratio) => ({ ratio })),
    ...{ is: fc.constantFrom('<', '>='), to: fc.constantFrom(0.5, 1, 2) },
  }),
  fc.record({
    age: fc.constant('foundedOn'),
    ...{ minYears: fc.integer({ min: 0, max: 2 }), maxYears: fc.integer({ min: 2, max: 5 }) },
  }),
  fc.record({ qualification: fc.subarray(['specialised_sme', 'little_giant', 'technology_sme'], { minLength: 1 }) }),
  fc.record({
    min: fc.integer({ min: 0, max: 12 }),
    score: fc.array(
      fc.record({
        ...{ name: fc.constant('t'), min: fc.constantFrom(0, 3) },
        options: fc.array(
          fc.record({
            of: fc.constantFrom(...counts),
            bands: fc.constantFrom(
              [{ from: 3, points: 9 }],
              [
                { from: 4, points: 8 },
                { from: 1, points: 3 },
              ],
            ),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
)
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
    fc.record({ atLeast: fc.integer({ min: 1, max: 3 }), of: fc.array(tie('rule'), { minLength: 1, maxLength: 4 }) }),
  ),
}))

const fact = (value: fc.Arbitrary<Fact['value']>) => fc.record({ value, isVerified: fc.boolean(), validTo }).map(clean)
const entry = fc.oneof(
  fc.tuple(fc.constantFrom<string>(...flags), fact(fc.boolean())),
  fc.tuple(fc.constantFrom<string>(...counts), fact(fc.integer({ min: 0, max: 5 }))),
  fc.tuple(fc.constant('foundedOn'), fact(fc.constantFrom('2020-02-29', '2024-06-01', '2024-06-02', '2026-01-01'))),
  fc.tuple(fc.constant('qualificationsNotHeld'), fact(fc.constant(['technology_sme']))),
)
const held = fc.constantFrom('specialised_sme', 'little_giant', 'key_little_giant')
const facts: fc.Arbitrary<Facts> = fc.record({
  fields: fc.array(entry, { maxLength: 8 }).map((entries) => new Map(entries)),
  qualifications: fc.array(
    fc.record({ type: held, validFrom: fc.constant('2024-01-01'), validTo, isVerified: fc.boolean() }).map(clean),
    { maxLength: 2 },
  ),
})

function clean<T extends { validTo?: string | undefined }>({ validTo: end, ...rest }: T) {
  return { ...rest, ...(end !== undefined && { validTo: end }) }
}

const answer = (one: Rule, known: Facts, at = day): Answer => evaluate(compileRules({ rule: one }), known, at).answer

describe('rules with yes, no and unknown', () => {
  it('keep the laws of Kleene’s logic', () => {
    fc.assert(
      fc.property(rule, rule, rule, facts, (a, b, c, known) => {
        const is = (one: Rule) => answer(one, known)
        expect(is({ not: { not: a } })).toBe(is(a))
        expect(is({ not: { all: [a, b] } })).toBe(is({ any: [{ not: a }, { not: b }] }))
        expect(is({ all: [a, b] })).toBe(is({ all: [b, a] }))
        expect(is({ all: [a, { any: [b, c] }] })).toBe(is({ any: [{ all: [a, b] }, { all: [a, c] }] }))
        expect(is({ all: [a, { any: [a, b] }] })).toBe(is(a))
        expect(is({ atLeast: 1, of: [a, b, c] })).toBe(is({ any: [a, b, c] }))
        expect(is({ atLeast: 3, of: [a, b, c] })).toBe(is({ all: [a, b, c] }))
        const two = { any: [{ all: [a, b] }, { all: [a, c] }, { all: [b, c] }] }
        expect(is({ atLeast: 2, of: [a, b, c] })).toBe(is(two))
      }),
      { numRuns: 150 },
    )
  })

  it('only turn unknown into yes or no when evidence is added, never one into the other', () => {
    fc.assert(
      fc.property(rule, facts, entry, held, (one, known, [name, added], type) => {
        const before = answer(one, known)
        const fields = new Map([[name, added], ...known.fields])
        const qualifications = [...known.qualifications, { type, validFrom: '2024-01-01', isVerified: true }]
        const after = answer(one, { fields, qualifications })
        if (before !== 'unknown' && !known.fields.has('qualificationsNotHeld')) expect(after).toBe(before)
        expect(answer(one, { ...known, fields }) === before || before === 'unknown').toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('give the same yes or no on every day up to the one they name', () => {
    const days = ['2026-06-01', '2026-06-02', '2026-10-01', '2027-05-31', '2029-06-02', '2031-01-01', lastDay]
    fc.assert(
      fc.property(rule, facts, (one, known) => {
        const finding = evaluate(compileRules({ rule: one }), known, day)
        if (finding.answer === 'unknown') return
        for (const later of days.filter((other) => other <= finding.holdsUntil)) {
          expect(answer(one, known, later)).toBe(finding.answer)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('name evidence that is missing for every unknown', () => {
    fc.assert(
      fc.property(rule, facts, (one, known) => {
        const { answer: said, missing } = evaluate(compileRules({ rule: one }), known, day)
        expect(missing.length > 0).toBe(said === 'unknown')
      }),
      { numRuns: 150 },
    )
  })
})
