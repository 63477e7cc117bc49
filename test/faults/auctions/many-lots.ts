import type { Db } from '../../../src/db/client.ts'
import { insertMany } from '../../../src/db/write-many.ts'
import { newId } from '../../../src/kernel/ids.ts'
import { termsText } from '../../../src/modules/auctions/domain/chain.ts'
import { sealReserve, sha256 } from '../../../src/modules/auctions/hashing.ts'
import type { Lot } from '../../../src/modules/auctions/lot-repo.ts'
import { publishedTerms } from '../../../src/modules/auctions/published-terms.ts'
import { auctionBooks, auctionLots } from '../../../src/modules/auctions/table.ts'
import { testVault } from '../../support/vault.ts'

export type Timing = { softCloseMs: number; capMs: number; endsAt(index: number): Date }

/** Open lots like the model, as if announced with this timing: terms, seals, hashes and books agree. Rows only, for their number. */
export async function insertLots(db: Db, model: Lot, { count, ...timing }: Timing & { count: number }): Promise<Lot[]> {
  if (model.rules === null || model.rulesVersion === null) throw new Error('the model must have been announced')
  const softCloseMinutes = timing.softCloseMs / 60_000
  const rules = { ...model.rules, softCloseMinutes, extensionCapHours: timing.capMs / 3_600_000 }
  const { rulesVersion } = model
  const made = Array.from({ length: count }, (_, index) => {
    const id = newId('auction')
    const seal = sealReserve(testVault, id, 200_000)
    const sealed = { reserveBox: seal.box, reserveCommitment: seal.commitment }
    const lot = { ...model, id, ...sealed, rules, plannedEndsAt: timing.endsAt(index) }
    const terms = publishedTerms(lot, rulesVersion, rules)
    const termsHash = sha256(termsText(terms))
    const book = {
      ...{ lotId: id, opensAt: lot.opensAt, endsAt: lot.plannedEndsAt, hardEndsAt: new Date(terms.hardEndsAt) },
      ...{ softCloseMs: terms.softCloseMs, leastFen: lot.startFen, lastHash: termsHash },
      ladderFrom: lot.ladder.map(({ fromFen }) => fromFen),
      ladderStep: lot.ladder.map(({ stepFen }) => stepFen),
    }
    return { lot: { ...lot, termsHash }, book }
  })
  await insertMany(
    db,
    auctionLots,
    made.map(({ lot }) => lot),
  )
  await insertMany(
    db,
    auctionBooks,
    made.map(({ book }) => book),
  )
  return made.map(({ lot }) => lot)
}
