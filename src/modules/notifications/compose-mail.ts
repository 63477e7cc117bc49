import type { Mail } from '../../ports/mailer.ts'
import { mailMode } from './domain/delivery-plan.ts'
import { kindOf } from './domain/kinds.ts'
import { type Locale, layOutMail } from './domain/mail-layout.ts'
import { render } from './domain/render.ts'
import type { MailLinks } from './mail-links.ts'
import type { MailDelivery } from './mail-repo.ts'
import type { Notification } from './notification-repo.ts'
import type { Recipient } from './recipient-view.ts'
import { variablesOfParams } from './variables-of.ts'

type Parts = { delivery: MailDelivery; recipient: Recipient; notifications: readonly Notification[] }

/** What is left to tell by the mail: not what was read in the meantime, nor what the user has turned off since. */
export function stillWanted({ recipient, notifications }: Omit<Parts, 'delivery'>): Notification[] {
  return notifications.filter(({ kind, readAt }) => {
    const isWanted = mailMode(kind, recipient.choices.email) !== 'off'
    return isWanted && (readAt === null || kindOf(kind).importance === 'high')
  })
}

/** The mail in the recipient's language, with the headers of RFC 8058 for mail clients that offer to unsubscribe. */
export function composeMail(links: MailLinks, { delivery, recipient, notifications }: Parts): Mail {
  const { locale, userId, email } = recipient
  const texts = notifications.map(({ kind, params }) => ({ kind, ...render(kind, variablesOfParams(params)) }))
  const [first] = texts
  if (first === undefined) throw new Error('a mail without notifications is not sent')
  const isDigest = delivery.form === 'digest'
  const unsubscribeUrl = links.unsubscribeUrl({ userId, kind: isDigest ? '*' : first.kind })
  const content = layOutMail({
    ...{ locale, form: delivery.form, unsubscribeUrl },
    subject: isDigest ? digestSubject(texts.length, locale) : first.subject[locale],
    items: texts.map(({ kind, title, body }) => ({ kind, title: title[locale], body: body[locale] })),
  })
  return {
    ...{ id: delivery.id, to: email, ...content },
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // Out-of-office replies to a machine help nobody (RFC 3834).
      'Auto-Submitted': 'auto-generated',
    },
  }
}

function digestSubject(count: number, locale: Locale): string {
  return locale === 'zh' ? `鹊桥每日汇总：${count} 条通知` : `Queqiao daily digest: ${count} notifications`
}
