import { z } from 'zod'
import { fenSchema } from '../../kernel/money.ts'
import { bidKinds } from './domain/chain.ts'
import { lotOutcomes, lotStates, unsoldReasons } from './domain/lot.ts'

const standing = {
  seq: z.int(),
  priceFen: fenSchema.optional(),
  leaderNumber: z.int().optional(),
  leastFen: fenSchema.optional(),
  endsAt: z.iso.datetime(),
}

/** Where the lot stands when the stream begins. */
export const lotGreeting = z.object({ ...standing, state: z.enum(lotStates) })

export const bidEvent = z.object({
  seq: z.int(),
  priceFen: fenSchema,
  leaderNumber: z.int(),
  kind: z.enum(bidKinds),
  at: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  isExtended: z.boolean().meta({ description: 'Whether bids have moved the end beyond the announced one.' }),
})

export const closedEvent = z.object({
  ...standing,
  outcome: z.enum(lotOutcomes).optional(),
  unsoldReason: z.enum(unsoldReasons).optional(),
})

const end = '2026-11-30T02:00:00.000Z'
const example = { seq: 2, priceFen: 30_500_000, leaderNumber: 417, endsAt: end }
export const exampleStreamEvents = [
  { id: 1, event: 'ready', data: { ...example, seq: 1, leastFen: 30_500_000, state: 'open' } },
  { id: 2, event: 'bid', data: { ...example, kind: 'manual', at: '2026-11-28T03:00:00.000Z', isExtended: false } },
  { id: 3, event: 'closed', data: { ...example, outcome: 'sold' } },
]
