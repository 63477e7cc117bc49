import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entity, idPrefixes, idSchema, idToUuid, newId, uuidToId } from '../../src/kernel/ids.ts'

const entities = Object.keys(idPrefixes) as Entity[]

describe('ids', () => {
  it('have a prefix of their own for every entity, three lower-case letters', () => {
    const prefixes = Object.values(idPrefixes)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    expect(prefixes.filter((prefix) => !/^[a-z]{3}$/.test(prefix))).toEqual([])
  })

  it.each(entities)('of a new %s pass their own schema and no other', (entity) => {
    const id = newId(entity)
    const accepting = entities.filter((other) => idSchema(other).safeParse(id).success)
    expect(accepting).toEqual([entity])
  })

  it('are UUIDs of version 7 underneath, so that they sort by the time of their creation', async () => {
    const first = newId('demand')
    await new Promise((resolve) => setTimeout(resolve, 2))
    const second = newId('demand')

    expect(idToUuid(first)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first < second).toBe(true)
    expect(idToUuid(first) < idToUuid(second)).toBe(true)
  })

  it('survive the way to the column and back', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...entities), (uuid, entity) => {
        const id = uuidToId(entity, uuid)
        expect(idToUuid(id)).toBe(uuid)
        expect(idSchema(entity).parse(id)).toBe(id)
      }),
    )
  })

  it('of whatever bits have a UUID, because a made-up one is the id of nothing', () => {
    expect(idToUuid('sup_7zzzzzzzzzzzzzzzzzzzzzzzzz')).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff')
    fc.assert(
      fc.property(fc.stringMatching(/^whe_[0-7][0-9a-hjkmnp-tv-z]{25}$/), (id) => {
        expect(idSchema('webhookEndpoint').parse(id)).toBe(id)
        expect(uuidToId('webhookEndpoint', idToUuid(id))).toBe(id)
      }),
    )
  })

  it('keep the order of their UUIDs', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        expect(uuidToId('supply', a) < uuidToId('supply', b)).toBe(a < b)
      }),
    )
  })
})

describe('idSchema', () => {
  const valid = newId('demand')

  it.each([
    ['another entity', valid.replace('dem_', 'sup_')],
    ['upper case', valid.toUpperCase()],
    ['one character less', valid.slice(0, -1)],
    ['one character more', `${valid}0`],
    ['a letter outside of the alphabet', `${valid.slice(0, -1)}u`],
    ['more than 128 bits', `dem_8${valid.slice(5)}`],
    ['a bare UUID', idToUuid(valid)],
    ['a line break at the end', `${valid}\n`],
    ['nothing', ''],
  ])('refuses %s and names the prefix', (_, text) => {
    const parsed = idSchema('demand').safeParse(text)
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues[0]?.message).toBe('must be an id that starts with "dem_"')
  })
})
