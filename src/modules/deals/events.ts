import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Deal } from './deal-repo.ts'
import { sourceKinds } from './domain/source.ts'
import { dealActions, dealStages } from './domain/stage.ts'

const fact = {
  dealId: idSchema('deal'),
  market: z.string(),
  sourceKind: z.enum(sourceKinds),
  providerOrgId: idSchema('organisation'),
  acquirerOrgId: idSchema('organisation'),
}

export const dealOpened = defineEvent('deal.opened', 1, z.object(fact))
/** The machine moved; a refused registration is one, too, from signed to signed. */
export const dealStageChanged = defineEvent(
  'deal.stage_changed',
  1,
  z.object({ ...fact, action: z.enum(dealActions), from: z.enum(dealStages), to: z.enum(dealStages) }),
)
/** Other brokers than before, or other shares: those who brokered it now, and with 0 those who do no longer. */
export const dealAttributed = defineEvent(
  'deal.attributed',
  1,
  z.object({ ...fact, brokers: z.array(z.object({ userId: idSchema('user'), shareBp: z.int() })) }),
)
/** One side has confirmed the terms of this version. */
export const dealConfirmed = defineEvent(
  'deal.confirmed',
  1,
  z.object({ ...fact, side: z.enum(['provider', 'acquirer']), termsVersion: z.int() }),
)

export function factOf({ id, market, sourceKind, providerOrgId, acquirerOrgId }: Deal) {
  return { dealId: id, market, sourceKind, providerOrgId, acquirerOrgId }
}
