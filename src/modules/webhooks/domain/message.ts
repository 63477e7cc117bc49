import type { MessageType } from './event-types.ts'

/** Ids by their names, and nothing else: who may read what they stand for asks the API, where every reading is checked. */
export type MessageIds = Readonly<Record<string, string>>

export type Message = { type: MessageType; occurredAt: Date; data: MessageIds }

/** The body, the same bytes at every attempt. */
export function bodyOf({ type, occurredAt, data }: Message): string {
  const sorted = Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify({ type, timestamp: occurredAt.toISOString(), data: sorted })
}
