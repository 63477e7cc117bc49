import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts small values so that callers can carry them but neither read nor change them. */
export type SealedBox = {
  seal(plain: string, context: string): Buffer
  /** The plain text, or undefined when the box was changed, made with another key or for another context. */
  open(box: Buffer, context: string): string | undefined
  /** Tells equal contents from different ones; who has not the key cannot test guesses against it. */
  fingerprint(content: string, bytes: Uint8Array): Buffer
}

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM under a key derived by HKDF for one purpose; `context` is authenticated, not stored. */
export function sealedBox(secretKey: string, purpose: string): SealedBox {
  const key = Buffer.from(hkdfSync('sha256', secretKey, 'queqiao', purpose, 32))
  return {
    ...boxOfKey(key),
    fingerprint: (content, bytes) => createHmac('sha256', key).update(content).update(bytes).digest(),
  }
}

/** AES-256-GCM under a key of 32 bytes: nonce, tag, then the text. */
export function boxOfKey(key: Buffer): Pick<SealedBox, 'seal' | 'open'> {
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(box, context) {
      if (box.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes))
        .setAAD(Buffer.from(context))
        .setAuthTag(box.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        return decipher.update(box.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}
