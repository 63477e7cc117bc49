import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Id, idPrefixes } from '../../kernel/ids.ts'

/** 256 random bits; the prefix lets secret scanners and people tell the kinds apart. */
export function newToken(kind: 'access' | 'refresh' | 'ticket'): string {
  return `ttm_${kind}_${newSecret()}`
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored: with 256 bits of entropy a plain SHA-256 needs no salt and no cost (ASVS 6.5.2). */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The text of an API key; shown once. */
export function apiKeyText(id: Id<'apiKey'>, secret: string): string {
  return `ttm_live_${id.slice(idPrefixes.apiKey.length + 1)}_${secret}`
}

export type ApiKeyParts = { id: Id<'apiKey'>; secret: string }

/** Id and secret of an API key's text; undefined for any other token. */
export function parseApiKey(token: string): ApiKeyParts | undefined {
  const match = /^ttm_live_([0-7][0-9a-hjkmnp-tv-z]{25})_([\w-]{43})$/.exec(token)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return { id: `${idPrefixes.apiKey}_${match[1]}` as unknown as Id<'apiKey'>, secret: match[2] }
}

export function isSameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
