import { describe, expect, it } from 'vitest'
import { newId } from '../../../../src/kernel/ids.ts'
import { entityOfKind, kindOf, listingKinds } from '../../../../src/modules/listings/domain/listing.ts'

describe('kindOf', () => {
  it.each(listingKinds)('reads %s from the prefix of an id', (kind) => {
    expect(kindOf(newId(entityOfKind[kind]))).toBe(kind)
  })

  it('takes any other id for a bug', () => {
    expect(() => kindOf(newId('match') as never)).toThrow(/no id of a listing/)
  })
})
