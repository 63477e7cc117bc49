import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandIndex } from '../../../../src/modules/duplicates/domain/band-index.ts'
import { mayMerge, textReason } from '../../../../src/modules/duplicates/domain/candidate.ts'
import { hashCount, minHashesOf, similarityAt } from '../../../../src/modules/duplicates/domain/min-hash.ts'

const han = fc.integer({ min: 0x4e00, max: 0x6fff }).map((code) => String.fromCharCode(code))
const text = fc.array(han, { minLength: 200, maxLength: 400 }).map((signs) => signs.join(''))

/** The hashes of texts in one array. */
function hashesOf(texts: readonly string[]): Int32Array {
  const all = new Int32Array(texts.length * hashCount)
  texts.forEach((each, place) => {
    all.set(minHashesOf(each), place * hashCount)
  })
  return all
}

function shinglesOf(of: string): Set<string> {
  return new Set(Array.from({ length: Math.max(1, of.length - 3) }, (_, start) => of.slice(start, start + 4)))
}

function jaccard(one: string, other: string): number {
  const [a, b] = [shinglesOf(one), shinglesOf(other)]
  const shared = [...a].filter((shingle) => b.has(shingle)).length
  return shared / (a.size + b.size - shared)
}

describe('MinHash', () => {
  it('estimates the part of character sequences that two texts share', () => {
    fc.assert(
      fc.property(text, text, fc.double({ min: 0, max: 1, noNaN: true }), (one, tail, part) => {
        const other = one.slice(0, Math.round(one.length * part)) + tail.slice(0, Math.round(one.length * (1 - part)))
        const [estimated, real] = [similarityAt(hashesOf([one, other]), 0, 1), jaccard(one, other)]
        // 4 standard deviations of 120 draws at the worst; what shares little is not counted to the end.
        if (real < 0.45) expect(estimated).toBeLessThan(0.65)
        else expect(Math.abs(estimated - real)).toBeLessThan(0.19)
      }),
      { numRuns: 100 },
    )
  })

  it('is 1 for the same text, symmetric, and defined for texts shorter than a sequence', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const hashes = hashesOf([one, other, one])
        expect(similarityAt(hashes, 0, 2)).toBe(1)
        expect(similarityAt(hashes, 0, 1)).toBe(similarityAt(hashes, 1, 0))
      }),
    )
  })
})

describe('the index of bands', () => {
  it('finds nearly all pairs that share 0.8 and hardly any of those that share nothing', () => {
    const texts = fc.sample(text, { numRuns: 300, seed: 1 })
    const copies = texts.map((each) => `${each.slice(0, 90)}改${each.slice(91)}`)
    const index = bandIndex(hashesOf([...texts, ...copies]))
    const found = texts.map((_each, place) => index.alike(place, 0.8).map((alike) => alike.place))
    const hits = found.filter((places, place) => places.includes(place + texts.length))
    expect(hits.length).toBeGreaterThanOrEqual(297)
    expect(found.flat().length).toBe(hits.length)
  })

  it('leaves out a text that hundreds share, and never a place itself', () => {
    const same = Array.from({ length: 300 }, () => '一套模板文字，所有成果都用同一段')
    expect(bandIndex(hashesOf(same)).alike(0, 0.8)).toEqual([])
    expect(bandIndex(hashesOf(same.slice(0, 3))).alike(0, 0.8)).toEqual([
      { place: 1, similarity: 1 },
      { place: 2, similarity: 1 },
    ])
  })
})

describe('what a pair is', () => {
  it('follows from how alike the texts are, and whose they are', () => {
    const demand = { kind: 'demand', isOneOwner: false }
    expect(textReason(0.85, { kind: 'supply', isOneOwner: false })).toBe('text')
    expect(textReason(0.6, demand)).toBe('similar_demand')
    expect(textReason(0.6, { ...demand, isOneOwner: true })).toBeUndefined()
    expect(textReason(0.6, { kind: 'supply', isOneOwner: false })).toBeUndefined()
    expect(textReason(0.4, demand)).toBeUndefined()
    expect(mayMerge({ market: 'ningbo' }, { market: 'jiangsu' })).toBe(false)
  })
})
