import type { Id } from '../../../kernel/ids.ts'
import { dealConfirmed, dealOpened, dealStageChanged } from '../../deals/index.ts'
import { announceOn } from './announcement.ts'

export const dealAnnouncements = [
  announceOn(dealOpened, 'deal.opened', toBothSides),
  announceOn(dealStageChanged, 'deal.stage_changed', toBothSides),
  announceOn(dealConfirmed, 'deal.confirmed', toBothSides),
]

type Fact = { dealId: string } & Record<'providerOrgId' | 'acquirerOrgId', Id<'organisation'>>

function toBothSides({ dealId, providerOrgId, acquirerOrgId }: Fact) {
  return { data: { dealId }, audience: { of: 'organisations' as const, orgIds: [providerOrgId, acquirerOrgId] } }
}
