import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Id } from '../../kernel/ids.ts'
import { linkSeconds } from './domain/attachment.ts'

export type Link = { url: string; expiresAt: Date }
export type Signed = { id: Id<'attachment'>; expires: number; signature: string }

export type AttachmentLinks = {
  /** An address under which anybody gets this one file for five minutes. */
  linkTo(id: Id<'attachment'>, now: Date): Link
  isValid(signed: Signed, now: Date): boolean
}

/** HMAC-SHA-256 under a key of its own, derived from SECRET_KEY: no other signature of ours is one of these. */
export function attachmentLinks({ publicUrl, secretKey }: { publicUrl: string; secretKey: string }): AttachmentLinks {
  const key = Buffer.from(hkdfSync('sha256', secretKey, 'queqiao', 'attachment-links', 32))
  const sign = (id: string, expires: number) => createHmac('sha256', key).update(`${id} ${expires}`).digest()
  return {
    linkTo(id, now) {
      const expires = Math.floor(now.getTime() / 1_000) + linkSeconds
      const signature = sign(id, expires).toString('base64url')
      const url = `${publicUrl}/v1/attachments/${id}/file?expires=${expires}&signature=${signature}`
      return { url, expiresAt: new Date(expires * 1_000) }
    },
    isValid({ id, expires, signature }, now) {
      const given = Buffer.from(signature, 'base64url')
      const due = sign(id, expires)
      return given.length === due.length && timingSafeEqual(given, due) && now.getTime() < expires * 1_000
    },
  }
}
