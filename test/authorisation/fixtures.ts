import { demandKind } from '../../src/modules/demands/index.ts'
import { financeProductKind } from '../../src/modules/financing/index.ts'
import { supplyKind } from '../../src/modules/supplies/index.ts'
import { frameworkAgreements, policies, policyRedemption, riskPoolMembers, riskPools } from './finance-fixtures.ts'
import {
  bySide,
  deal,
  evidence,
  introduction,
  listings,
  match,
  notification,
  posted,
  qualification,
  reviewItem,
  type Scene,
  scoreModel,
  session,
  storedMail,
  ungranted,
  unopened,
} from './fixture-makers.ts'
import { duplicatePair, invitedJoint, publicFile, threadFile } from './listing-part-fixtures.ts'
import {
  brokerProfile,
  declaredConflict,
  enquiry,
  importedFile,
  meeting,
  readableTalk,
  supplyOfPartner,
} from './talk-fixtures.ts'
import {
  auctionRegistration,
  auctionSeason,
  auctionSession,
  financeApplication,
  licenceAcceptance,
  lots,
  openLicence,
} from './trade-fixtures.ts'
import type { Fixture } from './world.ts'

/**
 * The objects behind path parameters, by the longest beginning of a path. A new route with an object of its own needs a line
 * here and a row in policies.ts; a route below an object that is here needs the row alone.
 */
export const fixtures: Record<string, (scene: Scene) => Promise<Fixture>> = {
  '/v1/me/sessions/{id}': bySide(session),
  '/v1/api-keys/{id}': bySide(posted('/v1/api-keys', { name: 'matrix', scopes: ['profile.read'] })),
  '/v1/organisations/{id}': bySide(async (_scene, { orgId }) => ({ id: orgId })),
  '/v1/organisations/{id}/qualifications/{qualificationId}': bySide(qualification),
  '/v1/organisations/{id}/evidence/{evidenceId}': bySide(evidence),
  '/v1/markets/{code}': async () => ({ near: { code: 'ningbo' }, far: { code: 'jiangsu' } }),
  '/v1/taxonomies/{name}': async () => ({ near: { name: 'fields' } }),
  '/v1/supplies/{id}/disclosure-grants/{grantId}': bySide(ungranted(supplyKind)),
  '/v1/supplies/{id}': listings(supplyKind),
  '/v1/demands/{id}/disclosure-grants/{grantId}': bySide(ungranted(demandKind)),
  '/v1/demands/{id}': listings(demandKind),
  '/v1/finance-products/{id}/disclosure-grants/{grantId}': bySide(ungranted(financeProductKind), 'bank'),
  '/v1/finance-products/{id}': listings(financeProductKind, 'bank'),
  '/v1/finance-applications/{id}': bySide(financeApplication),
  '/v1/auction-seasons/{id}': bySide(auctionSeason),
  '/v1/policies/{id}': policies,
  '/v1/policy-redemptions/{id}': bySide(policyRedemption),
  '/v1/risk-pools/{id}': riskPools,
  '/v1/risk-pools/{id}/members/{organisationId}': riskPoolMembers,
  '/v1/framework-agreements/{id}': frameworkAgreements,
  '/v1/auction-sessions/{id}': bySide(auctionSession),
  '/v1/auctions/{id}': lots,
  '/v1/auction-registrations/{id}': bySide(auctionRegistration),
  '/v1/open-licences/{id}': bySide(openLicence),
  '/v1/licence-acceptances/{id}': bySide(licenceAcceptance),
  '/v1/saved-searches/{id}': bySide(
    posted('/v1/saved-searches', { name: '压铸', query: { q: '压铸' }, alerts: 'off' }),
  ),
  '/v1/matches/{id}': bySide(match),
  '/v1/review-items/{id}': bySide(reviewItem),
  '/v1/introductions/{id}/disclosure-grants/{grantId}': bySide(unopened),
  '/v1/introductions/{id}': bySide(introduction),
  '/v1/deals/{id}': bySide(deal),
  '/v1/score-models/{version}': scoreModel,
  '/v1/queues/{queue}': async () => ({ near: { queue: 'matching' } }),
  '/v1/notifications/{id}': bySide(notification),
  '/v1/stored-mails/{id}': storedMail,
  '/v1/webhook-endpoints/{id}': bySide(
    posted('/v1/webhook-endpoints', { url: 'https://hooks.example.com/q', eventTypes: ['listing.published'] }),
  ),
  '/v1/attachments/{id}': publicFile,
  '/v1/duplicate-candidates/{id}': duplicatePair,
  '/v1/joint-demands/{id}': invitedJoint,
  '/v1/introductions/{id}/attachments/{attachmentId}': threadFile,
  '/v1/imports/{id}': importedFile,
  '/v1/import-templates/{kind}': async () => ({ near: { kind: 'supply' } }),
  '/v1/brokers/{id}': brokerProfile,
  '/v1/brokers/me/conflicts/{organisationId}': declaredConflict,
  '/v1/introductions/{id}/read-mark': readableTalk,
  '/v1/introductions/{id}/meetings/{meetingId}': meeting,
  '/v1/supplies/{id}/enquiries': supplyOfPartner,
  '/v1/enquiries/{id}': enquiry,
}
