import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { EmbeddedPostgresError } from '../errors.ts'

/** What a copy of the files needs beside them: the label, and the first and last segment of the log. */
export type BackupEnd = { label: string; firstWal: string; lastWal: string }

export type BaseBackup = {
  /** Ends the state in which files may be copied. */
  finish(): Promise<BackupEnd>
}

/**
 * Puts the server into the state in which its files may be copied while it works (pg_backup_start). The temporary slot keeps
 * the log from here on until the session ends, however long the copy takes.
 */
export async function beginBaseBackup(client: pg.Client): Promise<BaseBackup> {
  const slot = `queqiao_backup_${randomUUID().replaceAll('-', '')}`
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
  const { rows: started } = await client.query<{ wal: string }>(
    "select pg_walfile_name(pg_backup_start('queqiao', fast => true)) as wal",
  )
  const finish = async (): Promise<BackupEnd> => {
    const { rows } = await client.query<{ label: string; tablespaces: string; wal: string }>(
      `select labelfile as label, spcmapfile as tablespaces, pg_walfile_name(lsn) as wal
       from pg_backup_stop(wait_for_archive => false)`,
    )
    const [begin, end] = [started[0], rows[0]]
    if (begin === undefined || end === undefined) throw new Error('the server said nothing about its backup')
    if (end.tablespaces.trim() !== '') {
      throw new EmbeddedPostgresError('BACKUP_FAILED', {
        message: 'The database has tablespaces outside of DATA_DIR, which this backup would miss.',
        fix: 'move their tables back: alter table … set tablespace pg_default',
      })
    }
    return { label: end.label, firstWal: begin.wal, lastWal: end.wal }
  }
  return { finish }
}
