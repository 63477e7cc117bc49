import type { Id } from '../../../kernel/ids.ts'
import {
  introductionAccepted,
  introductionClosed,
  introductionDeclined,
  introductionNdaSigned,
  introductionOpened,
} from '../../introductions/index.ts'
import { announceOn } from './announcement.ts'

export const introductionAnnouncements = [
  announceOn(introductionOpened, 'introduction.opened', toBothSides),
  announceOn(introductionAccepted, 'introduction.accepted', toBothSides),
  announceOn(introductionDeclined, 'introduction.declined', toBothSides),
  announceOn(introductionClosed, 'introduction.closed', toBothSides),
  announceOn(introductionNdaSigned, 'introduction.nda_signed', toBothSides),
]

type Fact = Record<'introductionId' | 'matchId' | 'demandId' | 'supplyId', string> &
  Record<'demandOrgId' | 'supplyOrgId', Id<'organisation'>>

function toBothSides({ introductionId, matchId, demandId, supplyId, demandOrgId, supplyOrgId }: Fact) {
  return {
    data: { introductionId, matchId, demandId, supplyId },
    audience: { of: 'organisations' as const, orgIds: [demandOrgId, supplyOrgId] },
  }
}
