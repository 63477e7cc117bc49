import { createHash, randomBytes } from 'node:crypto'
import type { Vault } from '../../ports/vault.ts'
import { reserveText } from './domain/chain.ts'

/** SHA-256 of a text, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export type Reserve = { reserveFen: number; salt: string }

/**
 * Seals a reserve so that nobody, the database's reader included, learns it before the close, and nobody can change it: the
 * 128 random bits of the salt keep its commitment from being guessed by trying amounts.
 */
export function sealReserve(vault: Vault, lotId: string, reserveFen: number): { box: Buffer; commitment: string } {
  const salt = randomBytes(16).toString('hex')
  return {
    box: vault.seal(JSON.stringify({ reserveFen, salt } satisfies Reserve), contextOf(lotId)),
    commitment: sha256(reserveText(reserveFen, salt)),
  }
}

/** @throws when SECRET_KEY is not the one that the reserve was sealed with: a lot is never closed on a guess. */
export function openReserve(vault: Vault, lotId: string, box: Buffer): Reserve {
  const plain = vault.open(box, contextOf(lotId))
  if (plain === undefined) throw new Error(`the reserve of ${lotId} was sealed with another SECRET_KEY`)
  return JSON.parse(plain) as Reserve
}

function contextOf(lotId: string): string {
  return `auction.reserve ${lotId}`
}
