import { demandKind } from '../../../src/modules/demands/index.ts'
import { financeProductKind } from '../../../src/modules/financing/index.ts'
import type { ListingKinds } from '../../../src/modules/listings/index.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'

/** All kinds, as compose.ts wires them. */
export const listingKinds: ListingKinds = {
  supply: supplyKind,
  demand: demandKind,
  finance_product: financeProductKind,
}
export const allKinds = Object.values(listingKinds)
