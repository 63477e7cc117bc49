import type { DomainEvent } from '../../kernel/domain-event.ts'
import { mailsPlanned, maxMailsPerEvent } from './events.ts'
import type { MailDelivery } from './mail-repo.ts'

/** The facts from which the sending follows. */
export function announceMails(deliveries: readonly Pick<MailDelivery, 'id' | 'nextTryAt'>[], now: Date): DomainEvent[] {
  const mails = deliveries.map(({ id, nextTryAt }) => ({
    deliveryId: id,
    ...(nextTryAt > now && { at: nextTryAt.toISOString() }),
  }))
  const chunks = Math.ceil(mails.length / maxMailsPerEvent)
  return Array.from({ length: chunks }, (_, chunk) =>
    mailsPlanned({ mails: mails.slice(chunk * maxMailsPerEvent, (chunk + 1) * maxMailsPerEvent) }, now),
  )
}
