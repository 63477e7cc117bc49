import type { z } from 'zod'
import { allowedActions } from '../../kernel/state-machine.ts'
import type { DealHistoryEntry } from './change-repo.ts'
import { classifyDeal } from './classify-deal.ts'
import type { Deal } from './deal-repo.ts'
import type { Classification } from './domain/classification.ts'
import { balanceOf, paymentStateOf } from './domain/payment.ts'
import { firstSigningDay } from './domain/publicity.ts'
import { areTermsOpen, dealMachine, isClosed } from './domain/stage.ts'
import type { dealResponse, dealSummaryResponse } from './response-schemas.ts'
import type { DealDetail } from './view-deal.ts'

type DealAnswer = z.input<typeof dealResponse>

export function toDealResponse(detail: DealDetail): DealAnswer {
  const { deal, relation, today } = detail
  return {
    ...identityOf(deal),
    provider: partyOf(detail.provider),
    acquirer: partyOf(detail.acquirer),
    yourRelation: relation,
    allowedActions: allowedActions(dealMachine, deal.stage),
    fields: deal.fields,
    demandId: deal.demandId ?? undefined,
    supplyId: deal.supplyId ?? undefined,
    ...termsOf(deal, today),
    classification: toClassificationResponse(classifyDeal(deal, deal.signing?.signedOn ?? today)),
    publicity: publicityOf(detail),
    intentAmountFen: deal.intentAmountFen ?? undefined,
    paidFen: balanceOf(deal.payments).paidFen,
    brokers: deal.brokers,
    commission: deal.commission ?? undefined,
    termsVersion: deal.termsVersion,
    confirmations: {
      provider: deal.providerConfirmation ?? undefined,
      acquirer: deal.acquirerConfirmation ?? undefined,
    },
    signing: deal.signing ?? undefined,
    registration: deal.registration ?? undefined,
    refusals: deal.refusals,
    performedOn: deal.performedOn ?? undefined,
    dropped: deal.dropped ?? undefined,
  }
}

export function toDealSummary(
  deal: Deal,
  names: ReadonlyMap<string, { name: string }>,
): z.input<typeof dealSummaryResponse> {
  const nameOf = (id: string) => names.get(id)?.name ?? ''
  return { ...identityOf(deal), providerName: nameOf(deal.providerOrgId), acquirerName: nameOf(deal.acquirerOrgId) }
}

export function toDealHistoryResponse({ version, action, fromStage, toStage, changes, userId, at }: DealHistoryEntry) {
  return {
    ...{ version, action, toStage, changes },
    fromStage: fromStage ?? undefined,
    userId: userId ?? undefined,
    at: at.toISOString(),
  }
}

export function toClassificationResponse(classification: Classification | undefined) {
  if (classification === undefined) return undefined
  const { ruleVersion, source, authority, outcome, grounds } = classification
  const proposal =
    outcome === 'proposed' ? { type: classification.type, alternatives: classification.alternatives } : {}
  return { ruleVersion, source, authority, outcome, grounds, ...proposal }
}

function identityOf(deal: Deal) {
  const { id, market, stage, title, version } = deal
  return {
    ...{ id, market, stage, title, version },
    source: { ...deal.source },
    value: dealWorthOf(deal),
    contractType: deal.contractType ?? undefined,
    createdAt: deal.createdAt.toISOString(),
    updatedAt: deal.updatedAt.toISOString(),
  }
}

/** One or the other, never both: what is wished for and what was signed are not added up anywhere. */
export function dealWorthOf({ stage, intentAmountFen, contractAmountFen }: Deal): DealAnswer['value'] {
  if (areTermsOpen(stage)) return { kind: 'intent', amountFen: intentAmountFen ?? undefined }
  if (isClosed(stage) && contractAmountFen !== null) return { kind: 'closed', contractAmountFen }
  return undefined
}

function termsOf(deal: Deal, today: string) {
  return {
    subject: deal.subject ?? undefined,
    traits: deal.traits,
    pricing: deal.pricing ?? undefined,
    contractAmountFen: deal.contractAmountFen ?? undefined,
    technologyAmountFen: deal.technologyAmountFen ?? undefined,
    technologyIncomeFen: deal.technologyIncomeFen ?? undefined,
    ip: deal.ip,
    milestones: deal.milestones,
    payments: deal.payments.map((payment) => ({ ...payment, state: paymentStateOf(payment, today) })),
  }
}

function publicityOf({ deal: { publicity }, publicityDays }: DealDetail): DealAnswer['publicity'] {
  if (publicity === null) return undefined
  return publicityDays === undefined
    ? publicity
    : { ...publicity, signableFrom: firstSigningDay(publicity, publicityDays) }
}

function partyOf({ id, name, uscc }: DealDetail['provider']) {
  return { id, name, uscc }
}
