import { join } from 'node:path'
import { migrateJobQueue } from '../adapters/jobs/bullmq.ts'
import { type MigrationReport, migrate } from '../db/migrate.ts'
import { projectRoot } from '../project-root.ts'

/** Brings our schema and the job queue's to their newest version; safe to run by several processes at once. */
export async function prepareDatabase(url: string, options: { hasJobsInPostgres: boolean }): Promise<MigrationReport> {
  const report = await migrate(url, join(projectRoot(), 'migrations'))
  if (options.hasJobsInPostgres) await migrateJobQueue(url)
  return report
}
