import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError, invalidField, notFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findListing, type Listing } from '../listings/index.ts'
import type { SupplyDetails } from '../supplies/index.ts'
import { type Declaration, type DeclaredRight, declarationFaults, declarationWarnings } from './domain/declaration.ts'
import { licenceDeclared } from './events.ts'
import { insertLicence, type OpenLicence } from './licence-repo.ts'
import type { DeclareLicenceBody } from './schemas.ts'

type Deps = { db: Db; clock: Clock }

/**
 * Offers a patent of a published supply to everybody at one price. Refused with every ground of law; what is only unusual is
 * kept with the declaration as a warning. @throws LICENCE_NOT_ALLOWED, ALREADY_EXISTS, NOT_FOUND
 */
export function declareLicence(deps: Deps, actor: Principal, input: DeclareLicenceBody): Promise<OpenLicence> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const supply = await findListing(tx, input.supplyId)
    if (supply === undefined || supply.orgId !== actor.orgId || supply.state !== 'published') {
      throw notFound('published supply')
    }
    const right = rightOf(supply, input.patentNumber)
    const declaration = declarationOf(input)
    const faults = declarationFaults(right, declaration, chinaDay(now))
    if (faults.length > 0) {
      throw new AppError('LICENCE_NOT_ALLOWED', faults.map(({ message }) => message).join('; '), {
        details: { faults },
      })
    }
    const { supplyId, patentNumber, fee, paymentTerms, validFrom, validTo, coOwnerConsents } = input
    const licence = await insertLicence(tx, {
      ...{ id: newId('openLicence'), supplyId, orgId: actor.orgId, market: supply.market, state: 'declared' },
      ...{ title: supply.content.title, fields: supply.content.fields, patentNumber, patentType: right.type },
      ...{ fee, paymentTerms, validFrom, validTo, coOwnerConsents, evaluationReport: input.evaluationReport ?? null },
      ...{ warnings: declarationWarnings(right, declaration), createdBy: actor.userId, createdAt: now, updatedAt: now },
    })
    await appendEvents(tx, [licenceDeclared({ licenceId: licence.id, supplyId, market: supply.market }, now)])
    return licence
  })
}

function rightOf(supply: Listing, number: string): DeclaredRight {
  const { ipRights = [] } = supply.details as SupplyDetails
  const right = ipRights.find((one) => one.number === number)
  if (right !== undefined) return right
  throw invalidField('#/patentNumber', 'not_of_supply', 'is not a right that the supply names')
}

function declarationOf(input: DeclareLicenceBody): Declaration {
  return {
    ...{ fee: input.fee, validTo: input.validTo, hasPledgeeConsent: input.hasPledgeeConsent },
    annuityPaidUntil: input.annuityPaidUntil,
    coOwnerConsents: input.coOwnerConsents.map(({ name }) => name),
    evaluation: input.evaluationReport,
  }
}
