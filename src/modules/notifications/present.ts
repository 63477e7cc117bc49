import { render } from './domain/render.ts'
import { linksOf } from './links.ts'
import type { Notification } from './notification-repo.ts'
import type { StoredMail } from './stored-mail-repo.ts'
import { variablesOfParams } from './variables-of.ts'

/** A notification with its texts in both languages, rendered now, so that a better wording reaches old ones too. */
export function toNotificationResponse({ id, kind, params, readAt, createdAt }: Notification) {
  const { title, body } = render(kind, variablesOfParams(params))
  return {
    id,
    kind,
    title,
    body,
    links: linksOf(params),
    readAt: readAt?.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

export function toStoredMailSummary({ id, messageId, from, to, subject, createdAt }: StoredMail) {
  return { id, messageId, from, to, subject, createdAt: createdAt.toISOString() }
}

export function toStoredMailResponse(mail: StoredMail) {
  const { text, html, headers } = mail
  return { ...toStoredMailSummary(mail), text, html, headers }
}
