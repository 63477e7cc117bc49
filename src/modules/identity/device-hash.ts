import { createHash } from 'node:crypto'
import type { Id } from '../../kernel/ids.ts'
import { deviceOf } from './domain/device.ts'

/** What is kept of a device: enough to know it again for the same user, and nothing that two users' rows have in common. */
export function deviceHash(userId: Id<'user'>, userAgent: string): Buffer {
  return createHash('sha256')
    .update(`${userId}\n${deviceOf(userAgent)}`)
    .digest()
}
