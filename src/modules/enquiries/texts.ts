import type { Id } from '../../kernel/ids.ts'

/** Where a text of an enquiry stands: moved elsewhere, its box does not open. */
export function contextOf(id: Id<'enquiry'>, place: 'message' | Id<'quote'>): string {
  return `${place} of ${id}`
}
