import { z } from 'zod'
import { sealedBox } from '../../http/sealed-box.ts'
import { idSchema } from '../../kernel/ids.ts'
import { notificationKinds } from './domain/kinds.ts'

const scopeSchema = z.tuple([idSchema('user'), z.enum(['*', ...notificationKinds])])
/** Whose mails, and those of one kind or all. */
export type UnsubscribeScope = { userId: z.output<typeof scopeSchema>[0]; kind: z.output<typeof scopeSchema>[1] }

export type MailLinks = {
  /** An address that works without signing in; who has it can stop mails and nothing else. */
  unsubscribeUrl(scope: UnsubscribeScope): string
  /** What a token stands for; undefined when it is not one of ours or names a kind that is gone. */
  readToken(token: string): UnsubscribeScope | undefined
}

/** Sealed, so that a token shows neither user nor kind, and without an end: mails are kept for years. */
export function mailLinks({ publicUrl, secretKey }: { publicUrl: string; secretKey: string }): MailLinks {
  const box = sealedBox(secretKey, 'unsubscribe')
  return {
    unsubscribeUrl: ({ userId, kind }) => {
      const token = box.seal(JSON.stringify([userId, kind]), 'mail').toString('base64url')
      return `${publicUrl}/v1/unsubscribe?token=${token}`
    },
    readToken: (token) => {
      const plain = box.open(Buffer.from(token, 'base64url'), 'mail')
      const scope = plain === undefined ? undefined : scopeSchema.safeParse(JSON.parse(plain)).data
      return scope && { userId: scope[0], kind: scope[1] }
    },
  }
}
