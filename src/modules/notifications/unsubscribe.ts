import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { mailMode } from './domain/delivery-plan.ts'
import { type NotificationKind, notificationKinds } from './domain/kinds.ts'
import type { MailLinks, UnsubscribeScope } from './mail-links.ts'
import { deleteDigestChoices, upsertPreference } from './preference-repo.ts'
import { listRecipients, type Recipient } from './recipient-view.ts'

type Deps = { db: Db; mailLinks: MailLinks }
export type Subscription = { email: string; kind: NotificationKind | '*'; isSubscribed: boolean }

/** What a link of a mail stands for; looking changes nothing, because link scanners look as well. @throws NOT_FOUND. */
export async function readSubscription(deps: Deps, token: string): Promise<Subscription> {
  const { recipient, scope } = await open(deps, token)
  return toSubscription(recipient, scope)
}

/**
 * Stops mails of one kind, or after a digest all that the user did not ask for by name; warnings about the own account go on
 * until they are turned off by name. Repeating it changes nothing. @throws NOT_FOUND.
 */
export async function unsubscribe(deps: Deps, token: string): Promise<Subscription> {
  const { scope } = await open(deps, token)
  return withTx(deps.db, async (tx) => {
    if (scope.kind === '*') await deleteDigestChoices(tx, scope.userId)
    await upsertPreference(tx, { ...scope, channel: 'email', mode: 'off' })
    const { recipient } = await open({ ...deps, db: tx }, token)
    return toSubscription(recipient, scope)
  })
}

async function open({ db, mailLinks }: Deps, token: string) {
  const scope = mailLinks.readToken(token)
  const [recipient] = scope ? await listRecipients(db, [scope.userId]) : []
  if (scope && recipient) return { scope, recipient }
  throw notFound('subscription')
}

function toSubscription({ email, choices }: Recipient, { kind }: UnsubscribeScope): Subscription {
  const covered = kind === '*' ? notificationKinds.filter((one) => !isChosenByName(one, choices.email)) : [kind]
  return { email, kind, isSubscribed: covered.some((one) => mailMode(one, choices.email) !== 'off') }
}

const isChosenByName = (kind: NotificationKind, choices: Recipient['choices']['email']) =>
  kind.startsWith('security.') || choices.some((choice) => choice.kind === kind && choice.mode === 'instant')
