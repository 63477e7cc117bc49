import type { ListingKind } from '../../listings/index.ts'
import type { Column } from './column.ts'
import { demandColumns } from './demand.ts'
import { financeProductColumns } from './finance-product.ts'
import { sharedColumns } from './shared.ts'
import { supplyColumns } from './supply.ts'

const own: Record<ListingKind, readonly Column[]> = {
  supply: supplyColumns,
  demand: demandColumns,
  finance_product: financeProductColumns,
}

/** Every column that a file of this kind may have, in the order of the templates. A test keeps it equal to the create body. */
export function columnsOf(kind: ListingKind): readonly Column[] {
  return [...sharedColumns, ...own[kind]]
}
