import { type ActorName, actorNames } from './actors.ts'

/**
 * Who reaches the object of an operation, in words that may be combined by a space:
 *
 * - `holders`: everybody whose role (and key) holds the operation's permission; also the word for operations without object
 * - `organisation`: every user and key of the organisation that owns the object
 * - `user`: the very user that the object belongs to, and that user's keys
 * - `broker`, `operator`: those of the object's market
 * - `nobody`: the example of the document names something that does not exist
 * - `market`: everybody of the object's market
 * - `desks`: brokers and operators of every market
 * - `listed`: the path has a word of a closed list, and any other word breaks the schema, whoever asks
 * - `public`: as `holders`, but not even the owner reaches a draft: there is nothing of it yet
 * - `drafts`: beside other words, the operator of the market reaches drafts too
 * - `farOperator`: this actor alone, where the document's example names the far market
 *
 * Everybody else who holds the permission gets the 404 of an object that does not exist. `x-required-permission` comes first:
 * who does not hold it gets 401 or 403 without further ado, so a row does not repeat it.
 */
export type Policy = string | { reach: string; refused?: readonly ActorName[]; isInPerson?: true }

/** What API keys never do, because it would let a stolen key outlive its revocation: 403 before anything else. */
const inPerson = { reach: 'holders', isInPerson: true } as const

const operators = ['operator', 'operatorKey', 'farOperator'] as const
/** Who knows of a talk and is no side of it. */
/** Of the organisation that the object belongs to, all who hold the permission. */
const sides = ['owner', 'member', 'key', 'farOwner'] as const
const bystanders = ['broker', 'farBroker', ...operators] as const

/** Everybody of the matrix who does not act for a bank, where no object says for which house. */
const notBanks = actorNames.filter((name) => name !== 'anonymous')

/** One row for every operation of openapi.json; `refused` names those who see the object and get 403 for what they want. */
export const policies: Record<string, Policy> = {
  'POST /v1/auth/login': 'holders',
  'POST /v1/auth/refresh': 'holders',
  'POST /v1/auth/logout': inPerson,
  'GET /v1/me': 'holders',
  'GET /v1/me/sessions': 'holders',
  'DELETE /v1/me/sessions/{id}': { reach: 'user', isInPerson: true },
  'POST /v1/me/password': inPerson,
  'POST /v1/api-keys': 'holders',
  'GET /v1/api-keys': 'holders',
  'DELETE /v1/api-keys/{id}': 'organisation',

  'POST /v1/organisations': 'holders',
  'GET /v1/organisations': 'holders',
  'GET /v1/organisations/{id}': 'holders',
  'PATCH /v1/organisations/{id}': { reach: 'organisation operator', refused: ['member', ...operators] },
  'POST /v1/organisations/{id}/verification': 'operator',
  'POST /v1/organisations/{id}/users': {
    reach: 'organisation operator',
    refused: ['member', ...operators],
    isInPerson: true,
  },
  'GET /v1/organisations/{id}/users': 'organisation operator',
  'GET /v1/organisations/{id}/qualifications': 'holders',
  'POST /v1/organisations/{id}/qualifications': { reach: 'organisation operator', refused: operators },
  'DELETE /v1/organisations/{id}/qualifications/{qualificationId}': {
    reach: 'organisation operator',
    refused: operators,
  },
  'POST /v1/organisations/{id}/qualifications/{qualificationId}/verification': 'operator',

  'GET /v1/organisations/{id}/evidence': 'organisation operator',
  'POST /v1/organisations/{id}/evidence': { reach: 'organisation operator', refused: operators },
  'DELETE /v1/organisations/{id}/evidence/{evidenceId}': { reach: 'organisation operator', refused: operators },
  'POST /v1/organisations/{id}/evidence/{evidenceId}/verification': 'operator',

  'GET /v1/markets': 'holders',
  'GET /v1/markets/{code}': 'holders',
  'GET /v1/rule-fields': 'holders',
  'GET /v1/taxonomies': 'holders',
  'GET /v1/taxonomies/{name}': 'holders',

  ...listingPolicies('supplies'),
  ...listingPolicies('demands'),
  ...listingPolicies('finance-products'),
  // Broker firms do not lend.
  'POST /v1/finance-products': { reach: 'holders', refused: ['broker', 'farBroker'] },

  'GET /v1/finance-products/eligibility': 'holders',
  'POST /v1/finance-products/{id}/eligibility-checks': 'market',
  'GET /v1/demands/{id}/financing-options': 'organisation operator',
  'GET /v1/matches/{id}/financing-plan': 'organisation operator',

  'POST /v1/finance-products/{id}/applications': 'market',
  'GET /v1/finance-applications': 'holders',
  'GET /v1/finance-applications/{id}': 'organisation',
  'POST /v1/finance-applications/{id}/stage': 'organisation',

  'GET /v1/risk-pools': 'holders',
  'POST /v1/risk-pools': 'holders',
  'GET /v1/risk-pools/{id}': 'holders',
  'POST /v1/risk-pools/{id}/state': 'operator',
  'GET /v1/risk-pools/{id}/members': 'holders',
  'PUT /v1/risk-pools/{id}/members/{organisationId}': 'operator',
  'DELETE /v1/risk-pools/{id}/members/{organisationId}': 'operator',
  'GET /v1/risk-pools/{id}/ledger': 'operator',
  'POST /v1/risk-pools/{id}/contributions': 'operator',
  // The example's application is guaranteed by no pool, which the desk is told as a wrong field.
  'POST /v1/risk-pools/{id}/recoveries': 'operator',
  // Its example names an application that nobody made.
  'POST /v1/risk-pools/{id}/batches': 'nobody',

  // Only banks propose, and the example's enterprise is none that anybody registered.
  'POST /v1/framework-agreements': { reach: 'holders', refused: notBanks },
  'GET /v1/framework-agreements': 'holders',
  'GET /v1/framework-agreements/{id}': 'organisation',
  'POST /v1/framework-agreements/{id}/answer': 'organisation',
  'POST /v1/framework-agreements/{id}/end': 'organisation',

  'GET /v1/policies': 'holders',
  'POST /v1/policies': 'holders',
  'GET /v1/policies/{id}': 'public drafts',
  'PATCH /v1/policies/{id}': 'operator drafts',
  'POST /v1/policies/{id}/publish': 'operator drafts',
  'POST /v1/policies/{id}/withdraw': 'operator drafts',
  'POST /v1/policies/{id}/checks': 'market',
  'POST /v1/policies/{id}/redemptions': 'market',
  'GET /v1/policy-redemptions': 'holders',
  'GET /v1/policy-redemptions/{id}': 'organisation operator',
  'POST /v1/policy-redemptions/{id}/confirmation': 'operator',
  'POST /v1/policy-redemptions/{id}/payment': 'operator',
  'POST /v1/policy-redemptions/{id}/refusal': 'operator',

  'POST /v1/auction-seasons': 'farOperator',
  'GET /v1/auction-seasons': 'holders',
  // Its example names a season that nobody has.
  'GET /v1/auction-seasons/{id}/report': 'holders',
  'PUT /v1/supplies/{id}/auction-interest': 'public',
  'DELETE /v1/supplies/{id}/auction-interest': 'public',
  'GET /v1/supplies/{id}/auction-interest': 'organisation operator drafts',
  'POST /v1/supplies/{id}/reserve-guidance': 'organisation operator drafts',
  'POST /v1/auction-sessions': 'nobody',
  'GET /v1/auction-sessions': 'holders',
  'GET /v1/auction-sessions/{id}': 'holders',

  // Its example names a session that nobody has.
  'POST /v1/auctions': 'nobody',
  'GET /v1/auctions': 'holders drafts',
  'GET /v1/auctions/{id}': 'holders drafts',
  'PATCH /v1/auctions/{id}': 'organisation operator drafts',
  'DELETE /v1/auctions/{id}': 'organisation operator drafts',
  'POST /v1/auctions/{id}/announce': 'operator drafts',
  'POST /v1/auctions/{id}/withdraw': 'operator drafts',
  'POST /v1/auctions/{id}/reauction': 'organisation operator drafts',
  'POST /v1/auctions/{id}/registrations': 'holders drafts',
  'GET /v1/auctions/{id}/registrations': 'holders drafts',
  'POST /v1/auctions/{id}/bids': 'public',
  'GET /v1/auctions/{id}/bids': 'holders drafts',
  'GET /v1/auctions/{id}/audit': 'holders drafts',
  'GET /v1/auctions/{id}/signals': 'operator drafts',
  'GET /v1/auctions/{id}/stream': 'holders drafts',
  'POST /v1/auctions/{id}/settlement': 'operator drafts',
  'POST /v1/auctions/{id}/default': 'operator drafts',
  'POST /v1/auctions/{id}/offer-answer': 'holders drafts',
  'POST /v1/auctions/{id}/priority-claim': 'holders drafts',
  'POST /v1/auction-registrations/{id}/decision': 'operator',
  'GET /v1/auction-registrations/{id}/deposit': 'organisation operator',

  // Its example names a supply that nobody has.
  'POST /v1/open-licences': 'nobody',
  'GET /v1/open-licences': 'holders',
  'GET /v1/open-licences/export': 'holders',
  'GET /v1/open-licences/{id}': 'holders',
  'POST /v1/open-licences/{id}/withdraw': 'organisation',
  'POST /v1/open-licences/{id}/acceptances': 'holders',
  'GET /v1/open-licences/{id}/acceptances': 'holders',
  'POST /v1/licence-acceptances/{id}/payment': 'organisation',

  'GET /v1/search': 'holders',
  'GET /v1/search/suggestions': 'holders',
  'POST /v1/saved-searches': 'holders',
  'GET /v1/saved-searches': 'holders',
  'GET /v1/saved-searches/{id}': 'user',
  'PATCH /v1/saved-searches/{id}': 'user',
  'DELETE /v1/saved-searches/{id}': 'user',
  'GET /v1/saved-searches/{id}/hits': 'user',

  'GET /v1/demands/{id}/near-misses': 'organisation broker operator',
  'GET /v1/supplies/{id}/near-misses': 'organisation broker operator',
  'GET /v1/demands/{id}/clarity': 'organisation broker operator',
  'GET /v1/demands/{id}/matches': 'organisation broker operator',
  // A supply is offered to every market.
  'GET /v1/supplies/{id}/matches': 'organisation desks',
  'GET /v1/matches/{id}': 'organisation broker operator',
  'POST /v1/match-previews': 'holders',
  'GET /v1/score-models': 'holders',
  'GET /v1/score-model-refits': 'holders',
  'GET /v1/score-models/{version}': 'holders',
  'POST /v1/score-models/{version}/activate': 'holders',
  'POST /v1/score-models/{version}/pin': 'holders',
  'POST /v1/score-models/{version}/unpin': 'holders',

  'GET /v1/review-queue': 'holders',
  'GET /v1/review-items': 'holders',
  'GET /v1/review-items/{id}': 'broker operator',
  'POST /v1/review-queue/claims': 'holders',
  'POST /v1/review-items/{id}/heartbeat': 'broker operator',
  'POST /v1/review-items/{id}/release': 'broker operator',
  'POST /v1/review-items/{id}/decision': 'broker operator',

  'GET /v1/brokers/{id}/deeds': 'broker operator',
  'GET /v1/brokers/{id}/deeds/totals': 'broker operator',

  'GET /v1/notification-preferences': 'holders',
  'PUT /v1/notification-preferences': 'holders',
  'POST /v1/notification-preferences/retry-address': 'holders',
  'GET /v1/notifications': 'holders',
  'GET /v1/notifications/stream': 'holders',
  'POST /v1/stream-tickets': inPerson,
  'POST /v1/notifications/{id}/read': 'user',
  'POST /v1/notifications/read-all': 'holders',
  // The token in the query is nobody's.
  'GET /v1/unsubscribe': 'nobody',
  'POST /v1/unsubscribe': 'nobody',
  'GET /v1/stored-mails': 'holders',
  'GET /v1/stored-mails/{id}': 'holders',

  'GET /v1/introductions': 'holders',
  'GET /v1/introductions/{id}': 'organisation broker operator',
  'POST /v1/introductions/{id}/responses': { reach: 'organisation broker operator', refused: bystanders },
  'POST /v1/introductions/{id}/nda': { reach: 'organisation broker operator', refused: bystanders },
  'GET /v1/nda-texts': 'holders',
  'POST /v1/introductions/{id}/broker': { reach: 'organisation broker operator', refused: sides },
  'POST /v1/introductions/{id}/disclosure-grants/{grantId}/restore': {
    reach: 'organisation broker operator',
    refused: bystanders,
  },
  'POST /v1/introductions/{id}/end': { reach: 'organisation broker operator', refused: operators },

  // Its example names an introduction that nobody has.
  'POST /v1/deals': 'nobody',
  'GET /v1/deals': 'holders',
  'GET /v1/deals/{id}': 'organisation broker operator',
  'PATCH /v1/deals/{id}': 'organisation broker operator',
  'GET /v1/deals/{id}/history': 'organisation broker operator',
  'POST /v1/deals/{id}/confirmations': { reach: 'organisation broker operator', refused: bystanders },
  'POST /v1/deals/{id}/stage': 'organisation broker operator',
  'GET /v1/deals/{id}/registration-pack': 'organisation broker operator',
  'POST /v1/contract-classifications': 'holders',

  'GET /v1/statistics/overview': 'holders',
  'GET /v1/statistics/league-table': 'holders',
  'POST /v1/statistics/figure-checks': 'holders',
  'GET /v1/statistics/funnel': 'holders',
  'GET /v1/statistics/market-health': 'holders',
  'GET /v1/statistics/financing': 'holders',

  'GET /v1/dead-letters': 'holders',
  'POST /v1/dead-letters/replays': 'holders',
  'POST /v1/dead-letters/discards': 'holders',
  'GET /v1/queues': 'holders',
  'GET /v1/queues/{queue}/failed-jobs': 'holders',
  'POST /v1/queues/{queue}/failed-jobs/retries': 'holders',
  'POST /v1/queues/{queue}/failed-jobs/discards': 'holders',
  'GET /v1/audit-entries': 'holders',
  'GET /v1/audit-entries/export': 'holders',

  'POST /v1/webhook-endpoints': 'holders',
  'GET /v1/webhook-endpoints': 'holders',
  'GET /v1/webhook-endpoints/{id}': 'organisation',
  'PATCH /v1/webhook-endpoints/{id}': 'organisation',
  'DELETE /v1/webhook-endpoints/{id}': 'organisation',
  'POST /v1/webhook-endpoints/{id}/rotate': 'organisation',
  'GET /v1/webhook-endpoints/{id}/deliveries': 'organisation',
  'POST /v1/webhook-endpoints/{id}/test': 'organisation',
  'POST /v1/webhook-endpoints/{id}/replay': 'organisation',

  'POST /v1/imports': 'holders',
  'GET /v1/imports': 'holders',
  'GET /v1/imports/{id}': 'organisation',
  'GET /v1/imports/{id}/rows': 'organisation',
  'GET /v1/imports/{id}/stream': 'organisation',
  'GET /v1/imports/{id}/error-file': 'organisation',
  'POST /v1/imports/{id}/cancel': 'organisation',
  'GET /v1/import-templates/{kind}': 'listed',
  'POST /v1/attachments/{id}/links': 'holders',
  // Its signature is nobody's.
  'GET /v1/attachments/{id}/file': 'nobody',
  'DELETE /v1/attachments/{id}': 'organisation',
  'POST /v1/introductions/{id}/attachments': { reach: 'organisation broker operator', refused: operators },
  'POST /v1/introductions/{id}/attachments/{attachmentId}/links': {
    reach: 'organisation broker operator',
    refused: operators,
  },

  'GET /v1/duplicate-candidates': 'holders',
  'POST /v1/duplicate-candidates/{id}/decision': 'operator',

  'GET /v1/joint-demands': 'holders',
  'GET /v1/joint-demands/{id}': 'organisation operator',
  'POST /v1/joint-demands/{id}/decision': 'operator',
  'POST /v1/joint-demands/{id}/answer': 'organisation',

  'GET /v1/exports/listings': 'holders',
  'GET /v1/exports/review-items': 'holders',
  'GET /v1/exports/deals': 'holders',
  'GET /v1/exports/statistics': 'holders',
  'GET /v1/exports/funnel': 'holders',

  'GET /v1/brokers': 'holders',
  'GET /v1/brokers/{id}': 'holders',
  'PATCH /v1/brokers/{id}': 'broker operator',
  'GET /v1/brokers/me/conflicts': 'holders',
  // Its example names an organisation that nobody registered.
  'POST /v1/brokers/me/conflicts': 'nobody',
  'DELETE /v1/brokers/me/conflicts/{organisationId}': 'broker',

  // Each answer has a status of its own.
  'POST /v1/review-items/decisions': 'holders',
  'POST /v1/review-items/{id}/lease-revocation': 'operator',
  'GET /v1/demands/{id}/feedback': 'organisation',
  'GET /v1/supplies/{id}/feedback': 'organisation',

  'GET /v1/introductions/{id}/messages': { reach: 'organisation broker operator', refused: operators },
  'POST /v1/introductions/{id}/messages': { reach: 'organisation broker operator', refused: operators },
  'PUT /v1/introductions/{id}/read-mark': { reach: 'organisation broker operator', refused: operators },
  'GET /v1/introductions/{id}/meetings': { reach: 'organisation broker operator', refused: operators },
  'POST /v1/introductions/{id}/meetings': { reach: 'organisation broker operator', refused: operators },
  'POST /v1/introductions/{id}/meetings/{meetingId}/agree': {
    reach: 'organisation broker operator',
    refused: operators,
  },
  'POST /v1/introductions/{id}/meetings/{meetingId}/cancel': {
    reach: 'organisation broker operator',
    refused: operators,
  },

  'POST /v1/supplies/{id}/enquiries': 'holders',
  'GET /v1/enquiries': 'holders',
  'GET /v1/enquiries/{id}': 'organisation operator',
  'POST /v1/enquiries/{id}/quotes': { reach: 'organisation operator', refused: operators },
  'POST /v1/enquiries/{id}/acceptance': { reach: 'organisation operator', refused: operators },
  'POST /v1/enquiries/{id}/decline': { reach: 'organisation operator', refused: operators },
  'POST /v1/enquiries/{id}/withdraw': { reach: 'organisation operator', refused: operators },
}

/** The three kinds share their routes. */
function listingPolicies(kind: string): Record<string, Policy> {
  const own = ['submit', 'renew', 'withdraw'].map((verb) => [`POST /v1/${kind}/{id}/${verb}`, 'organisation'])
  const desk = ['publish', 'return'].map((verb) => [`POST /v1/${kind}/{id}/${verb}`, 'operator'])
  return {
    [`GET /v1/${kind}`]: 'holders',
    [`POST /v1/${kind}`]: 'holders',
    [`GET /v1/${kind}/{id}`]: 'holders',
    [`PATCH /v1/${kind}/{id}`]: 'organisation',
    [`DELETE /v1/${kind}/{id}`]: 'organisation',
    [`GET /v1/${kind}/{id}/trust`]: 'holders',
    [`GET /v1/${kind}/{id}/history`]: 'organisation operator',
    [`GET /v1/${kind}/{id}/confidential-detail`]: 'organisation',
    [`GET /v1/${kind}/{id}/disclosure-grants`]: 'organisation',
    [`POST /v1/${kind}/{id}/attachments`]: 'organisation',
    [`GET /v1/${kind}/{id}/attachments`]: 'holders',
    // Nobody has signed anything here, so there is no grant to revoke.
    [`DELETE /v1/${kind}/{id}/disclosure-grants/{grantId}`]: 'nobody',
    // Operators close what is invalid.
    [`POST /v1/${kind}/{id}/close`]: 'organisation operator',
    ...Object.fromEntries([...own, ...desk]),
  }
}
