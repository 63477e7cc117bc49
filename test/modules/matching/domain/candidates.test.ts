import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseQueryTerms,
  indexTerms,
  neighbourTerms,
  queryTerms,
} from '../../../../src/modules/matching/domain/candidates.ts'
import { hanBigrams, hanUnigrams } from '../../../../src/text/characters.ts'
import { tokenizeForIndex } from '../../../../src/text/tokenize.ts'
import { aDemand, aSupply } from './market.ts'

const cutter = { words: tokenizeForIndex, bigrams: hanBigrams, characters: hanUnigrams }
const budget = { maxTerms: 9, maxNewTerms: 9, maxDocuments: 1000 }
const tier = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 })

describe('chooseQueryTerms', () => {
  it('takes the rarest of the title before anything of the body', () => {
    const frequencies: Record<string, number> = { common: 900, rare: 3, accident: 1, body: 50 }
    const terms = { title: ['common', 'rare'], body: ['body', 'accident'] }
    const chosen = chooseQueryTerms(terms, (term) => frequencies[term], { ...budget, maxTerms: 3 })
    expect(chosen).toEqual(['rare', 'common', 'accident'])
  })

  it('passes over a title term that is too frequent and goes on with the body', () => {
    const frequencies: Record<string, number> = { everywhere: 5000, rare: 3, body: 50 }
    const terms = { title: ['everywhere', 'rare'], body: ['body'] }
    const chosen = chooseQueryTerms(terms, (term) => frequencies[term], budget)
    expect(chosen).toEqual(['rare', 'body'])
  })

  it('leaves out terms that no listing has by count', () => {
    const chosen = chooseQueryTerms({ title: ['gone'], body: ['old'] }, (term) => (term === 'old' ? 2 : 0))
    expect(chosen).toEqual(['old'])
  })

  it('asks for words that nobody has counted yet, without taking the place of a known one', () => {
    const terms = { title: ['new', 'rare'], body: ['newer', 'newest', 'body'] }
    const frequencies: Record<string, number> = { rare: 3, body: 50 }
    const chosen = chooseQueryTerms(terms, (term) => frequencies[term], { ...budget, maxTerms: 2, maxNewTerms: 2 })
    expect(chosen).toEqual(['rare', 'body', 'new', 'newer'])
  })

  it('stays within both budgets, names no term twice and ignores the order of the terms', () => {
    fc.assert(
      fc.property(tier, tier, fc.nat(30), fc.nat(500), (title, body, maxTerms, maxDocuments) => {
        const frequencyOf = (term: string) => (term.charCodeAt(0) * 31 + term.length * 7) % 90
        const budget = { maxTerms, maxNewTerms: 0, maxDocuments }
        const chosen = chooseQueryTerms({ title, body }, frequencyOf, budget)
        expect(chosen.length).toBeLessThanOrEqual(maxTerms)
        expect(chosen.reduce((sum, term) => sum + frequencyOf(term), 0)).toBeLessThanOrEqual(maxDocuments)
        expect(new Set(chosen).size).toBe(chosen.length)
        const turned = { title: [...title].reverse(), body: [...body].reverse() }
        expect(chooseQueryTerms(turned, frequencyOf, budget)).toEqual(chosen)
      }),
    )
  })
})

describe('indexTerms', () => {
  it('names IPC places, words, character pairs and characters, each with its prefix and once', () => {
    const terms = indexTerms(aSupply({ title: '锂电池', body: '电池隔膜', ipc: ['H01M 10/0525', 'bad'] }), cutter)
    expect(terms).toEqual(
      expect.arrayContaining([
        'i:H01M',
        'i:H01M10/00',
        'i:H01M10/0525',
        'w:电池',
        'w:隔膜',
        'b:锂电',
        'b:电池',
        'c:锂',
      ]),
    )
    expect(terms).not.toContain('b:隔膜')
    expect(new Set(terms).size).toBe(terms.length)
  })

  it('stays within 1,000 terms and keeps those of the title', () => {
    const body = Array.from({ length: 3000 }, (_, i) => `word${i}x`).join(' ')
    const terms = indexTerms(aSupply({ title: '锂电池', body }), cutter)
    expect(terms).toHaveLength(1000)
    expect(terms).toContain('c:锂')
  })

  it('finds nothing in an empty listing', () => {
    expect(indexTerms(aSupply(), cutter)).toEqual([])
  })
})

describe('queryTerms', () => {
  it('asks for the pairs of the body, which meet those of a title', () => {
    const asked = queryTerms(aDemand({ title: '电池', body: '隔膜涂覆' }), cutter)
    expect(asked.body).toEqual(expect.arrayContaining(['b:隔膜', 'b:膜涂']))
    expect(indexTerms(aSupply({ title: '隔膜' }), cutter)).toContain('b:隔膜')
    expect(asked.title.some((term) => asked.body.includes(term))).toBe(false)
  })
})

describe('neighbourTerms', () => {
  it('crosses fields with industry divisions and IPC subclasses, and names the fields alone', () => {
    const facts = { fields: ['new-energy'], industries: ['C3841', 'C'], ipc: ['H01M10/0525', 'bad'] }
    expect(neighbourTerms(aSupply(facts))).toEqual(['f:new-energy', 'f:new-energy/C38', 'f:new-energy/H01M'])
    expect(indexTerms(aSupply(facts), cutter)).toEqual(expect.arrayContaining(neighbourTerms(aSupply(facts))))
  })
})
