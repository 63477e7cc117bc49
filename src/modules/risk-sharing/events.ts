import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { journalKinds } from './domain/ledger.ts'

/** Money of a risk pool moved. */
export const poolBooked = defineEvent(
  'risk_pool.booked',
  1,
  z.object({
    ...{ poolId: idSchema('riskPool'), journalId: idSchema('poolJournal') },
    ...{ market: z.string(), kind: z.enum(journalKinds) },
  }),
)
