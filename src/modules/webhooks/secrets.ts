import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import type { Endpoint } from './endpoint-repo.ts'
import { newSigningSecret } from './signing.ts'

/** For how long the secret before a rotation signs as well. */
export const rotationMs = 24 * 3_600_000

/** A new secret, to be shown once, and as it is stored: sealed for this endpoint alone. */
export function newSealedSecret(vault: Vault, endpointId: Id<'webhookEndpoint'>): { secret: string; sealed: Buffer } {
  const secret = newSigningSecret()
  return { secret, sealed: vault.seal(secret, contextOf(endpointId)) }
}

type Sealed = Pick<Endpoint, 'id' | 'secret' | 'previousSecret' | 'previousSecretUntil'>

/** The secrets that sign now, the newest first. @throws when the key that sealed them is not ours any more. */
export function openSecrets(vault: Vault, endpoint: Sealed, now: Date): string[] {
  const { id, secret, previousSecret, previousSecretUntil } = endpoint
  const isRotating = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now
  return [secret, ...(isRotating ? [previousSecret] : [])].map((sealed) => {
    const opened = vault.open(sealed, contextOf(id))
    if (opened === undefined) throw new Error('a webhook secret was sealed with another SECRET_KEY')
    return opened
  })
}

function contextOf(id: Id<'webhookEndpoint'>): string {
  return `webhook secret of ${id}`
}
