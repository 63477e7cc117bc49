import { describe, expect, it } from 'vitest'
import { trainTextModel } from '../../../../src/modules/matching/domain/text-model.ts'
import { deserialiseTextModel, serialiseTextModel } from '../../../../src/modules/matching/domain/text-model-codec.ts'
import { TITLES } from './market.ts'

const options = { dimensions: 160, seed: 7 }
const demands = TITLES.slice(0, 4).map((title, i) => ({ title, body: i === 0 ? '' : `需要解决${title}` }))

describe('trainTextModel', () => {
  it('gives the same bytes for the same titles in any order', () => {
    const model = serialiseTextModel(trainTextModel(TITLES, options))
    expect(serialiseTextModel(trainTextModel(TITLES, options))).toBe(model)
    expect(serialiseTextModel(trainTextModel([...TITLES].reverse(), options))).toBe(model)
  })

  it('names another version for other titles or another seed', () => {
    const { version } = trainTextModel(TITLES, options)
    expect(trainTextModel(TITLES.slice(1), options).version).not.toBe(version)
    expect(trainTextModel(TITLES, { ...options, seed: 8 }).version).not.toBe(version)
  })

  it('uses fewer dimensions for a tiny market, and unit vectors stay finite', () => {
    const { embedding } = trainTextModel(TITLES.slice(0, 10), options)
    expect(embedding.dimensions).toBe(20)
    expect(embedding.vectors.every(Number.isFinite)).toBe(true)
  })

  it('keeps the vectors of demands that have a body, in any order of them', () => {
    const model = trainTextModel(TITLES, options, demands)
    expect(model.referenceDemands).toHaveLength(3)
    expect(trainTextModel(TITLES, options, [...demands, ...demands].reverse()).version).toBe(model.version)
    expect(trainTextModel(TITLES, options, demands.slice(2)).version).not.toBe(model.version)
    expect(trainTextModel(TITLES, options, demands.slice(0, 1)).version).toBe(trainTextModel(TITLES, options).version)
  })

  it.each([[[]], [['']], [['🚀', '的']], [['铝']], [['同一标题', '同一标题']]])('trains on %j', (titles) => {
    const model = trainTextModel(titles, options)
    expect(model.embedding.vectors.every(Number.isFinite)).toBe(true)
    expect(model.idf.documents).toBe(titles.length)
  })
})

describe('serialiseTextModel', () => {
  it('is undone by deserialiseTextModel', () => {
    const model = trainTextModel(TITLES, options, demands)
    expect(deserialiseTextModel(serialiseTextModel(model))).toEqual({
      ...model,
      idf: { ...model.idf, df: new Map([...model.idf.df].sort()) },
    })
    const empty = trainTextModel([], options)
    expect(deserialiseTextModel(serialiseTextModel(empty))).toEqual(empty)
  })

  it('is refused when its content was changed', () => {
    const text = serialiseTextModel(trainTextModel(TITLES, options))
    expect(() => deserialiseTextModel(text.replace('"documents":40', '"documents":41'))).toThrow('label is')
    expect(() => deserialiseTextModel(text.replace(/"dimensions":\d+/, '"dimensions":3'))).toThrow('differ in number')
  })
})
