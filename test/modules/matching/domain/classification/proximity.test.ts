import { describe, expect, it } from 'vitest'
import { industryPath } from '../../../../../src/modules/matching/domain/classification/industry-path.ts'
import { ipcPath } from '../../../../../src/modules/matching/domain/classification/ipc-path.ts'
import { proximityOf } from '../../../../../src/modules/matching/domain/classification/proximity.ts'

const LEVELS = [0.1, 0.35, 0.7, 0.9, 1]

describe('ipcPath', () => {
  it.each([
    ['H01M 10/0525', ['H', 'H01', 'H01M', 'H01M10/00', 'H01M10/0525']],
    ['H01M10/00', ['H', 'H01', 'H01M', 'H01M10/00']],
    ['h01m', ['H', 'H01', 'H01M']],
    ['Y02E 60/10', []],
    ['', []],
  ])('reads %j', (symbol, path) => {
    expect(ipcPath(symbol)).toEqual(path)
  })
})

describe('industryPath', () => {
  it.each([
    ['C', ['C']],
    ['C36', ['C', 'C36']],
    ['C3670', ['C', 'C36', 'C367', 'C3670']],
    ['A1', []],
    ['36', []],
  ])('reads %j', (code, path) => {
    expect(industryPath(code)).toEqual(path)
  })
})

describe('proximityOf', () => {
  it('rises with the depth of the closest pair and names the code they share', () => {
    const demand = [ipcPath('H01M10/0525')]
    const found = ['A01B', 'H02K', 'H01B', 'H01M', 'H01M10/04', 'H01M10/0525'].map((symbol) =>
      proximityOf(demand, [ipcPath('A01B'), ipcPath(symbol)], LEVELS),
    )
    expect(found).toEqual([
      { value: 0, code: undefined },
      { value: 0.1, code: 'H' },
      { value: 0.35, code: 'H01' },
      { value: 0.7, code: 'H01M' },
      { value: 0.9, code: 'H01M10/00' },
      { value: 1, code: 'H01M10/0525' },
    ])
  })

  it('counts a level deeper than the list like the last, and a side without codes as absent', () => {
    expect(proximityOf([industryPath('C367')], [industryPath('C367')], [0.3, 1])?.value).toBe(1)
    expect(proximityOf([], [industryPath('C36')], [0.3, 1])).toBeUndefined()
  })
})
