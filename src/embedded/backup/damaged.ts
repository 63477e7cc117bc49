import { EmbeddedPostgresError } from '../errors.ts'

export function damaged(reason: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BACKUP_DAMAGED',
    { message: `This is no usable backup: ${reason}.`, fix: 'use another backup; check new ones with --check FILE' },
    { cause },
  )
}
