import type { Vault } from '../../ports/vault.ts'
import { openReserve } from './hashing.ts'
import type { Lot } from './lot-repo.ts'

/** The columns by which a close opens the seal. */
export function revealedReserve(vault: Vault, lot: Pick<Lot, 'id' | 'reserveBox'>) {
  const { reserveFen, salt } = openReserve(vault, lot.id, lot.reserveBox)
  return { reserveFen, reserveSalt: salt }
}
