import { hkdfSync, randomBytes } from 'node:crypto'
import { boxOfKey, sealedBox } from '../http/sealed-box.ts'
import type { DataKey, Vault, WrappedKey } from '../ports/vault.ts'

const dataKeyBytes = 32

/**
 * A vault whose master key follows from SECRET_KEY. While SECRET_KEY_PREVIOUS is set, what the key before sealed opens too,
 * so that keys can change without a stop: new boxes are sealed by the present key, and data keys are wrapped again.
 */
export function secretKeyVault(secretKey: string, previousSecretKey?: string): Vault {
  const present = { id: keyIdOf(secretKey), box: sealedBox(secretKey, 'vault') }
  const boxes = [present.box, ...(previousSecretKey === undefined ? [] : [sealedBox(previousSecretKey, 'vault')])]
  const open = (box: Buffer, context: string): string | undefined => {
    for (const one of boxes) {
      const plain = one.open(box, context)
      if (plain !== undefined) return plain
    }
    return undefined
  }
  const unwrap = ({ wrapped, keyId }: WrappedKey, context: string): string => {
    const key = open(wrapped, context)
    if (key === undefined) throw new Error(`a data key is wrapped by master key ${keyId}, which is not configured`)
    return key
  }
  const wrap = (key: string, context: string): WrappedKey => ({
    wrapped: present.box.seal(key, context),
    keyId: present.id,
  })
  return {
    keyId: present.id,
    seal: present.box.seal,
    open,
    newDataKey: (context) => wrap(randomBytes(dataKeyBytes).toString('base64'), context),
    openDataKey: (key, context): DataKey => boxOfKey(Buffer.from(unwrap(key, context), 'base64')),
    rewrap: (key, context) => wrap(unwrap(key, context), context),
  }
}

/** Says which key it is and nothing about it: 64 bits derived one way, under a purpose of their own. */
function keyIdOf(secretKey: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, 'queqiao', 'name of the vault key', 8)).toString('hex')
}
