import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { DataKey } from '../ports/vault.ts'

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
/** By how much a box is longer than what is in it. */
export const overheadBytes = nonceBytes + tagBytes

/** AES-256-GCM under a key derived by HKDF for one purpose; `context` is authenticated, not stored. */
export function sealedBox(secretKey: string, purpose: string): SealedBox {
  const key = Buffer.from(hkdfSync('sha256', secretKey, 'queqiao', purpose, 32))
  return {
    ...boxOfKey(key),
    fingerprint: (content, bytes) => createHmac('sha256', key).update(content).update(bytes).digest(),
  }
}

/** AES-256-GCM under a key of 32 bytes: nonce, tag, then the text or the bytes. */
export function boxOfKey(key: Buffer): DataKey {
  const sealBytes = (plain: Uint8Array, context: string): Buffer => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  }
  const openBytes = (box: Uint8Array, context: string): Buffer | undefined => {
    if (box.length < overheadBytes) return undefined
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes))
      .setAAD(Buffer.from(context))
      .setAuthTag(box.subarray(nonceBytes, overheadBytes))
    try {
      return Buffer.concat([decipher.update(box.subarray(overheadBytes)), decipher.final()])
    } catch {
      return undefined
    }
  }
  return {
    sealBytes,
    openBytes,
    seal: (plain, context) => sealBytes(Buffer.from(plain), context),
    open: (box, context) => openBytes(box, context)?.toString(),
  }
}
