import { beforeEach, describe, expect, it } from 'vitest'
import { withTx } from '../../src/db/tx.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Vault } from '../../src/ports/vault.ts'
import { destroyDataKey, ensureDataKey, findDataKey, rewrapDataKeys, secretKeyVault } from '../../src/vault/index.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()
beforeEach(() => database.reset())

const [oldKey, newKey] = ['the old secret key of 32 characters', 'the new secret key of 32 characters']
const ensure = (vault: Vault, id: string) => withTx(database.db, (tx) => ensureDataKey({ tx, vault }, id))
const find = (vault: Vault, id: string) => findDataKey({ db: database.db, vault }, id)

describe('a data key', () => {
  it('is made once for an object, also by many at the same time, and opens what it sealed', async () => {
    const [vault, id] = [secretKeyVault(oldKey), newId('supply')]
    const keys = await Promise.all(Array.from({ length: 8 }, () => ensure(vault, id)))
    const box = keys[0]?.seal('真空度曲线', 'detail') ?? Buffer.alloc(0)
    for (const key of keys) expect(key.open(box, 'detail')).toBe('真空度曲线')
    expect((await database.pool.query('select from data_keys')).rowCount).toBe(1)
  })

  it('opens nothing of another context or another object, and nothing that was changed', async () => {
    const vault = secretKeyVault(oldKey)
    const [one, other] = [await ensure(vault, newId('supply')), await ensure(vault, newId('supply'))]
    const box = one.seal('text', 'detail')
    expect([one.open(box, 'contact'), other.open(box, 'detail')]).toEqual([undefined, undefined])
    for (let at = 0; at < box.length; at += 1) {
      const changed = Buffer.from(box)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(one.open(changed, 'detail')).toBeUndefined()
    }
  })

  it('is bound to its object: a wrapped key put into another row does not unwrap', async () => {
    const [vault, one, other] = [secretKeyVault(oldKey), newId('supply'), newId('demand')]
    await ensure(vault, one)
    await ensure(vault, other)
    await database.pool.query('update data_keys set wrapped = (select wrapped from data_keys order by subject limit 1)')
    const outcomes = await Promise.allSettled([find(vault, one), find(vault, other)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is gone when it is destroyed, and with it what it sealed', async () => {
    const [vault, id] = [secretKeyVault(oldKey), newId('supply')]
    const box = (await ensure(vault, id)).seal('text', 'detail')
    await withTx(database.db, (tx) => destroyDataKey(tx, id))
    expect(await find(vault, id)).toBeUndefined()
    expect((await ensure(vault, id)).open(box, 'detail')).toBeUndefined()
  })
})

describe('a change of SECRET_KEY', () => {
  it('wraps the data keys again, so that the old key can go', async () => {
    const id = newId('supply')
    const box = (await ensure(secretKeyVault(oldKey), id)).seal('text', 'detail')
    const both = secretKeyVault(newKey, oldKey)
    expect((await find(both, id))?.open(box, 'detail')).toBe('text')
    expect(await rewrapDataKeys({ db: database.db, vault: both })).toBe(1)
    expect(await rewrapDataKeys({ db: database.db, vault: both })).toBe(0)
    expect((await find(secretKeyVault(newKey), id))?.open(box, 'detail')).toBe('text')
    await expect(find(secretKeyVault(oldKey), id)).rejects.toThrow('not configured')
  })

  it('also opens what the key before sealed without a data key', () => {
    const box = secretKeyVault(oldKey).seal('whsec', 'secret')
    expect(secretKeyVault(newKey, oldKey).open(box, 'secret')).toBe('whsec')
    expect(secretKeyVault(newKey).open(box, 'secret')).toBeUndefined()
  })
})
