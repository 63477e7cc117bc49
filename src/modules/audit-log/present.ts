import type { EntryView } from './entry-view.ts'

export function toAuditEntryResponse({ entry, link }: EntryView) {
  const { id, seq, orgId, userId, action, objectId, facts, at } = entry
  const origin = { requestId: entry.requestId ?? undefined, network: entry.network ?? undefined }
  const place = link && { chain: link.chain, position: link.position, prevHash: link.prevHash, hash: link.hash }
  return { id, seq, orgId, userId, action, objectId, facts, at: at.toISOString(), ...origin, link: place }
}
