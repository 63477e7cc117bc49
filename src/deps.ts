import type { Db } from './db/client.ts'
import type { Clock } from './kernel/clock.ts'
import type { Log } from './kernel/log.ts'
import type { AttachmentLinks } from './modules/attachments/index.ts'
import type { ListingKinds } from './modules/listings/index.ts'
import type { MailLinks } from './modules/notifications/index.ts'
import type { FileStore } from './ports/file-store.ts'
import type { JobQueue } from './ports/job-queue.ts'
import type { LiveChannel } from './ports/live-channel.ts'
import type { Mailer } from './ports/mailer.ts'
import type { SearchEngine } from './ports/search-engine.ts'
import type { SearchIndex } from './ports/search-index.ts'
import type { Vault } from './ports/vault.ts'
import type { WebhookSender } from './ports/webhook-sender.ts'

/** Everything a use case or job can ask for; each asks only for what it needs, and this satisfies all structurally. */
export type Deps = {
  db: Db
  clock: Clock
  log: Log
  jobs: JobQueue
  search: SearchEngine
  webhooks: WebhookSender
  vault: Vault
  /** Every index behind it, for rebuilding and checking. */
  searchIndexes: readonly SearchIndex[]
  listingKinds: ListingKinds
  mailer: Mailer
  live: LiveChannel
  mailLinks: MailLinks
  files: FileStore
  attachmentLinks: AttachmentLinks
}
