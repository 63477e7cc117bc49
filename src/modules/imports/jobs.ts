import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import { importRequested } from './events.ts'
import { purgeImports, resumeImports } from './resume-imports.ts'
import { runImport } from './run-import.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel; listingKinds: ListingKinds }
const queue = 'imports'

/** One file at a time in a process: reading one takes up to half a gigabyte and all of a core. */
export const runImportJob = defineJob({
  ...{ name: 'imports.run-import', queue, attempts: 5, concurrency: 1 },
  payload: z.object({ importId: idSchema('import') }),
  run: runImport,
})

export const resumeImportsJob = defineJob({
  ...{ name: 'imports.resume-imports', queue, attempts: 1, concurrency: 1 },
  payload: z.object({}),
  run: (deps: Deps) => resumeImports(deps),
})

export const purgeImportsJob = defineJob({
  ...{ name: 'imports.purge-imports', queue: 'maintenance', attempts: 3 },
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => purgeImports(deps),
})

export const importJobs: readonly Job<Deps>[] = [runImportJob, resumeImportsJob, purgeImportsJob]

export const importSchedules: readonly Schedule[] = [
  { id: 'imports.resume-imports', request: resumeImportsJob.request({}), everyMs: 60_000 },
  { id: 'imports.purge-imports', request: purgeImportsJob.request({}), pattern: '50 19 * * *' },
]

export const importSubscriptions: readonly Subscription[] = [
  on(importRequested, ({ importId }) => [runImportJob.request({ importId })]),
]
