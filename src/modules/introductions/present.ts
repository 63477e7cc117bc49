import type { z } from 'zod'
import { isMutual, type Side } from './domain/introduction.ts'
import type { Introduction } from './introduction-repo.ts'
import type { IntroductionView, SideView } from './read-introduction.ts'
import type { introductionResponse } from './schemas.ts'

type IntroductionResponse = z.input<typeof introductionResponse>

/** Field by field: what is not named here is shown to nobody. */
export function toIntroductionResponse(view: IntroductionView): IntroductionResponse {
  const { introduction, broker } = view
  const { id, matchId, market, state, brokerId, chases, version } = introduction
  return {
    ...{ id, matchId, market, state, chases, version },
    you: view.relation,
    demand: { id: introduction.demandId, ...teaserOf(view.demand), ...answerOf(introduction, 'demand') },
    supply: { id: introduction.supplyId, ...teaserOf(view.supply), ...answerOf(introduction, 'supply') },
    broker: { id: brokerId, displayName: broker.displayName, organisation: organisationOf(broker.organisation) },
    contacts: view.contacts,
    nda: ndasOf(view),
    allowedActions: actionsOf(view),
    answerBy: introduction.answerBy.toISOString(),
    acceptedAt: introduction.acceptedAt?.toISOString(),
    endedBy: introduction.endedBy ?? undefined,
    endedAt: introduction.endedAt?.toISOString(),
    reasonCode: introduction.reasonCode ?? undefined,
    note: view.note,
    createdAt: introduction.createdAt.toISOString(),
    updatedAt: introduction.updatedAt.toISOString(),
  }
}

function teaserOf({ listing, owner }: SideView) {
  return { title: listing.content.title, organisation: organisationOf(owner) }
}

function organisationOf({ id, name, kind }: SideView['owner']) {
  return { id, name, kind }
}

function answerOf(introduction: Introduction, side: Side) {
  const answer = side === 'demand' ? introduction.demandAnswer : introduction.supplyAnswer
  const answeredAt = side === 'demand' ? introduction.demandAnsweredAt : introduction.supplyAnsweredAt
  return { answer: answer ?? undefined, answeredAt: answeredAt?.toISOString() }
}

function ndasOf({ ndas }: IntroductionView): IntroductionResponse['nda'] {
  const of = (side: Side) => {
    const signed = ndas.find((nda) => nda.side === side)
    if (signed === undefined) return undefined
    const { textVersion, textSha256, userId, signedAt } = signed
    return { textVersion, textSha256, userId, signedAt: signedAt.toISOString() }
  }
  return ndas.length === 0 ? undefined : { demand: of('demand'), supply: of('supply') }
}

/** What this viewer may do in this state; the use cases decide again. */
function actionsOf({ introduction, relation, ndas }: IntroductionView): IntroductionResponse['allowedActions'] {
  const isMet = isMutual(introduction)
  if (!isMet && introduction.state !== 'asked') return []
  if (relation === 'operator') return ['replace_broker']
  if (relation === 'broker') return ['replace_broker', isMet ? 'end' : 'withdraw']
  if (isMet) return ndas.some(({ side }) => side === relation) ? ['end'] : ['sign_nda', 'end']
  return answerOf(introduction, relation).answer === 'accept' ? ['decline'] : ['accept', 'decline']
}
