import { expect, it } from 'vitest'
import { eachToItsEnd } from '../../src/kernel/each-to-its-end.ts'

it('gives each item its turn, in order, and tells of the first that failed', async () => {
  const seen: number[] = []
  const work = async (item: number) => {
    seen.push(item)
    if (item > 1) throw new Error(`item ${item}`)
  }
  await expect(eachToItsEnd([1, 2, 3], work)).rejects.toThrow('item 2')
  expect(seen).toEqual([1, 2, 3])
  await expect(eachToItsEnd([1], work)).resolves.toBeUndefined()
})
