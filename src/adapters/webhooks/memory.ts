import type { AddressRefusal, WebhookAnswer, WebhookMessage, WebhookSender } from '../../ports/webhook-sender.ts'
import { spellingRefusal } from './spelling-refusal.ts'

type Answering = (message: WebhookMessage) => Partial<WebhookAnswer>

/** A sender for tests: it keeps what it was given and answers as told. Names count as public, spellings are checked. */
export type MemoryWebhookSender = WebhookSender & {
  sent(): readonly WebhookMessage[]
  /** How the next messages are answered; 204 until told otherwise. */
  answerWith(answering: Answering): void
}

export function memoryWebhookSender(): MemoryWebhookSender {
  const sent: WebhookMessage[] = []
  let answering: Answering = () => ({ statusCode: 204 })
  return {
    refusalOf: async (url): Promise<AddressRefusal | undefined> => spellingRefusal(url, { allowsHttp: false }),
    send: async (message) => {
      sent.push(message)
      return { latencyMs: 5, excerpt: '', ...answering(message) }
    },
    close: async () => undefined,
    sent: () => sent,
    answerWith: (next) => {
      answering = next
    },
  }
}
