import type { Db } from '../../db/client.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AgreementId, findAgreement } from '../framework-agreements/index.ts'
import { readMatch } from '../matching/index.ts'

type Named = {
  matchId?: Id<'match'> | undefined
  agreementId?: AgreementId | undefined
  providerId: Id<'organisation'>
}

/**
 * What an application names is the applicant's: a match of its own demand, an agreement in force with the bank.
 * @throws VALIDATION_FAILED, the same whether it is somebody else's or does not exist.
 */
export async function assertConnections(
  db: Db,
  actor: Principal,
  { matchId, agreementId, providerId }: Named,
): Promise<void> {
  if (matchId !== undefined && (await demandOwnerOf(db, actor, matchId)) !== actor.orgId) {
    throw invalidField('#/matchId', 'unknown_match', 'is no match of a demand of your organisation')
  }
  if (agreementId === undefined) return
  const agreement = await findAgreement(db, agreementId)
  const isBetweenBoth = agreement?.enterpriseId === actor.orgId && agreement.providerId === providerId
  if (!isBetweenBoth || agreement.state !== 'in_force') {
    throw invalidField('#/agreementId', 'unknown_agreement', 'is no agreement in force between you and this provider')
  }
}

async function demandOwnerOf(db: Db, actor: Principal, matchId: Id<'match'>) {
  const view = await readMatch({ db }, actor, matchId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
    throw error
  })
  return view?.match.demandOrgId
}
