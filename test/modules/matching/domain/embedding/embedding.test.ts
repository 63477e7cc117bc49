import { describe, expect, it } from 'vitest'
import { dot, embed, trainEmbedding } from '../../../../../src/modules/matching/domain/embedding/embedding.ts'

/** 锂 and 钠 never share a title, but both keep company with 电 and 池; 稻 and 麦 with 田 and 种. */
const titles = ['锂电池', '钠电池', '锂电池芯', '钠电池芯', '稻田种', '麦田种', '稻田种苗', '麦田种苗'].map((title) => [
  ...title,
])
const embedding = trainEmbedding(titles, { dimensions: 2, seed: 1 })

function vectorOf(unit: string): Float32Array {
  return embed(embedding, new Map([[unit, 1]])) ?? new Float32Array(embedding.dimensions)
}

describe('trainEmbedding', () => {
  it('puts units near that keep the same company though they never meet', () => {
    expect(dot(vectorOf('锂'), vectorOf('钠'))).toBeGreaterThan(0.9)
    expect(dot(vectorOf('锂'), vectorOf('麦'))).toBeLessThan(0.1)
  })
})

describe('embed', () => {
  it('has length 1', () => {
    expect(dot(vectorOf('锂'), vectorOf('锂'))).toBeCloseTo(1, 5)
  })

  it('is absent when every unit is unknown', () => {
    expect(embed(embedding, new Map([['焊', 1]]))).toBeUndefined()
    expect(embed(embedding, new Map())).toBeUndefined()
  })
})
