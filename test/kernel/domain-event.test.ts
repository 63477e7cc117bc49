import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineEvent } from '../../src/kernel/domain-event.ts'

const now = new Date('2026-03-02T00:00:00Z')
const demandPublished = defineEvent(
  'demand.published',
  1,
  z.object({ demandId: z.string(), round: z.int().default(0) }),
)

describe('an event', () => {
  it('carries its type, version, time and the data of its schema', () => {
    expect(demandPublished({ demandId: 'dem_1' }, now)).toEqual({
      type: 'demand.published',
      version: 1,
      data: { demandId: 'dem_1', round: 0 },
      occurredAt: now,
    })
  })

  it('leaves out what its schema does not name, so that no text slips into the outbox', () => {
    const input = { demandId: 'dem_1', title: 'confidential' }
    expect(demandPublished(input, now).data).not.toHaveProperty('title')
  })

  it('cannot be built with wrong data', () => {
    const wrong = { demandId: 5 } as unknown as { demandId: string }
    expect(() => demandPublished(wrong, now)).toThrow(z.ZodError)
  })

  it('tells subscribers its type, version and schema', () => {
    expect({ type: demandPublished.type, version: demandPublished.version }).toEqual({
      type: 'demand.published',
      version: 1,
    })
    expect(demandPublished.schema.safeParse({ demandId: 'dem_1' }).success).toBe(true)
  })
})
