import { beforeAll, describe, expect, it } from 'vitest'
import { correctWords, latinWords, rememberWords } from '../../../src/adapters/search/postgres-corrections.ts'
import { withTx } from '../../../src/db/tx.ts'
import { useTestDatabase } from '../../support/db.ts'

const database = useTestDatabase()
const correct = (text: string) => withTx(database.db, (tx) => correctWords(tx, text))

describe('correctWords', () => {
  beforeAll(async () => {
    await rememberWords(database.db, ['perovskite', 'laser', 'graphene', 'lithium', 'laser'])
    await rememberWords(database.db, [])
    await rememberWords(database.db, ['graphene'])
  })

  it.each([
    ['perovskyte 组件', 'perovskite 组件'],
    ['grapehne', 'graphene'],
    ['lithum graphine', 'lithium graphene'],
  ])('writes %s as %s', async (text, corrected) => {
    expect(await correct(text)).toBe(corrected)
  })

  it.each(['laser', 'xyzzyx', '压铸', 'abc', '', 'perovs'])('has nothing better than %j', async (text) => {
    expect(await correct(text)).toBeUndefined()
  })

  it('takes one slip in a short word and two in a long one', async () => {
    expect(await correct('lxsxr')).toBeUndefined()
    expect(await correct('perovskxyte')).toBe('perovskite')
  })
})

describe('latinWords', () => {
  it('are those of four letters and more that stand alone', () => {
    expect(latinWords('MEMS 传感器 laser5 AI graphene-based')).toEqual(['mems', 'graphene', 'based'])
  })
})
