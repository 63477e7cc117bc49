import fc from 'fast-check'
import { expect, it } from 'vitest'
import { startingPosition } from '../../../src/http/sse/position.ts'

const extents = fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([floor, more]) => ({ floor, last: floor + more }))

it('gives a new client what is to come', () => {
  fc.assert(
    fc.property(extents, (extent) => {
      expect(startingPosition(undefined, extent)).toEqual({ after: extent.last, mustResync: false })
    }),
  )
})

it('resumes exactly there, or says that events are missing: never a silent gap (SSE-2)', () => {
  fc.assert(
    fc.property(extents, fc.nat(3_000), (extent, lastEventId) => {
      const { after, mustResync } = startingPosition(lastEventId, extent)
      expect(mustResync).toBe(lastEventId < extent.floor || lastEventId > extent.last)
      expect(after).toBe(mustResync ? extent.last : lastEventId)
    }),
  )
})
