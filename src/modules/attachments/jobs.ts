import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import type { FileStore } from '../../ports/file-store.ts'
import { listingDeleted, listingIdSchema } from '../listings/index.ts'
import { removeFilesOf, sweepAttachments } from './sweep-attachments.ts'

type Deps = { db: Db; clock: Clock; files: FileStore }

export const removeFilesOfJob = defineJob({
  ...{ name: 'attachments.remove-files-of', queue: 'listings', attempts: 5 },
  payload: z.object({ listingId: listingIdSchema }),
  run: removeFilesOf,
})

export const sweepAttachmentsJob = defineJob({
  ...{ name: 'attachments.sweep-attachments', queue: 'maintenance', attempts: 3 },
  payload: z.object({}),
  run: (deps: Deps) => sweepAttachments(deps),
})

export const attachmentJobs: readonly Job<Deps>[] = [removeFilesOfJob, sweepAttachmentsJob]

export const attachmentSchedules: readonly Schedule[] = [
  { id: 'attachments.sweep-attachments', request: sweepAttachmentsJob.request({}), everyMs: 3_600_000 },
]

export const attachmentSubscriptions: readonly Subscription[] = [
  on(listingDeleted, ({ listingId }) => [removeFilesOfJob.request({ listingId })]),
]
