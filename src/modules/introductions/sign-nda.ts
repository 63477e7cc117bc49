import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { grantDisclosure } from '../listings/index.ts'
import { introductionMachine, type Side } from './domain/introduction.ts'
import { findNdaText, maySign, type NdaText } from './domain/nda.ts'
import { factOf, introductionNdaSigned } from './events.ts'
import { holdIntroduction } from './hold-introduction.ts'
import { type Introduction, updateIntroduction } from './introduction-repo.ts'
import { ndaHash } from './nda-hash.ts'
import { insertNda, listNdasOf, type NdaSignature } from './nda-repo.ts'
import { assertSide } from './policy.ts'

type Input = { id: Id<'introduction'>; textVersion: string }

/**
 * One side signs the non-disclosure text, once both have accepted. The second signature opens each side's confidential detail
 * to the other. @throws NOT_FOUND, FORBIDDEN for who is no side, TRANSITION_NOT_ALLOWED, ALREADY_EXISTS, VALIDATION_FAILED.
 */
export function signNda({ db, clock }: { db: Db; clock: Clock }, actor: Principal, input: Input): Promise<void> {
  return withTx(db, async (tx) => {
    const { introduction, relation } = await holdIntroduction(tx, actor, input.id)
    const side = assertSide(relation)
    const state = move(introductionMachine, introduction.state, 'make_contact')
    const now = clock.now()
    const signatures = await listNdasOf(tx, [input.id])
    const text = signable(input.textVersion, side, { signatures, day: chinaDay(now) })
    const signature: NdaSignature = {
      ...{ introductionId: input.id, side, textVersion: text.version, textSha256: ndaHash(text) },
      ...{ orgId: actor.orgId, userId: actor.userId, signedAt: now },
    }
    await insertNda(tx, signature)
    const isComplete = signatures.length === 1
    if (isComplete) await openToEachOther(tx, introduction, now)
    await updateIntroduction(tx, input.id, { state, updatedAt: now })
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'introduction.nda_signed', objectId: input.id, at: now },
      facts: { side, textVersion: signature.textVersion, textSha256: signature.textSha256 },
    })
    await appendEvents(tx, [introductionNdaSigned({ ...factOf(introduction), side, isComplete }, now)])
  })
}

type Signed = { signatures: readonly NdaSignature[]; day: string }

function signable(version: string, side: Side, { signatures, day }: Signed): NdaText {
  if (signatures.some((signature) => signature.side === side)) {
    throw new AppError('ALREADY_EXISTS', 'Your organisation has signed.')
  }
  const text = findNdaText(version)
  if (text !== undefined && maySign(text, day, signatures[0]?.textVersion)) return text
  const wanted = signatures[0]?.textVersion
  const hint = wanted === undefined ? 'see /v1/nda-texts' : `the other side has signed "${wanted}"`
  throw invalidField('#/textVersion', 'not_in_force', `is no version to be signed now; ${hint}`)
}

async function openToEachOther(tx: Tx, introduction: Introduction, now: Date): Promise<void> {
  const { id, demandId, demandOrgId, supplyId, supplyOrgId } = introduction
  const ofDemand = { listing: { id: demandId, orgId: demandOrgId }, to: { orgId: supplyOrgId } }
  const ofSupply = { listing: { id: supplyId, orgId: supplyOrgId }, to: { orgId: demandOrgId } }
  await grantDisclosure(tx, { ...ofDemand, ground: id, now })
  await grantDisclosure(tx, { ...ofSupply, ground: id, now })
}
