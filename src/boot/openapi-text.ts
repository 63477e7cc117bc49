import { describeApi } from '../app.ts'
import { listingKinds } from '../compose.ts'
import { systemClock } from '../kernel/clock.ts'
import type { AttachmentLinks } from '../modules/attachments/index.ts'
import type { MailLinks } from '../modules/notifications/index.ts'
import type { FileStore } from '../ports/file-store.ts'
import type { JobQueue } from '../ports/job-queue.ts'
import type { LiveChannel } from '../ports/live-channel.ts'
import type { SearchEngine } from '../ports/search-engine.ts'
import type { Vault } from '../ports/vault.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'
import { productVersion } from './version.ts'

const refuse = () => Promise.reject(new Error('the document needs nothing behind the ports'))
const noSearch: SearchEngine = {
  upsert: refuse,
  remove: refuse,
  search: refuse,
  suggest: refuse,
  listVersions: refuse,
}
const noJobs: JobQueue = {
  enqueue: refuse,
  schedule: refuse,
  work: refuse,
  depths: refuse,
  listFailed: refuse,
  retryFailed: refuse,
  discardFailed: refuse,
  hasForgotten: refuse,
  remember: refuse,
  close: refuse,
}
const noWebhooks: WebhookSender = { refusalOf: refuse, send: refuse, close: refuse }
const unneeded = () => {
  throw new Error('the document needs no secrets')
}
const noLive: LiveChannel = { nudge: unneeded, listen: unneeded, close: refuse }
const noVault: Vault = {
  keyId: '',
  ...{ seal: unneeded, open: unneeded, newDataKey: unneeded, openDataKey: unneeded, rewrap: unneeded },
}
const noMailLinks: MailLinks = { unsubscribeUrl: unneeded, readToken: unneeded }
const noFiles: FileStore = { put: refuse, open: refuse, remove: refuse }
const noAttachmentLinks: AttachmentLinks = { linkTo: unneeded, isValid: unneeded }

/** openapi/openapi.json as it should be for the routes of this program. */
export async function openApiText(): Promise<string> {
  const document = describeApi(
    {
      clock: systemClock,
      listingKinds,
      jobs: noJobs,
      search: noSearch,
      webhooks: noWebhooks,
      vault: noVault,
      mailLinks: noMailLinks,
      live: noLive,
      files: noFiles,
      attachmentLinks: noAttachmentLinks,
    },
    await productVersion(),
  )
  return `${JSON.stringify(document, null, 2)}\n`
}
