import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'

/** What whoever ended an introduction tells the broker, as it is stored. */
export function sealNote(vault: Vault, id: Id<'introduction'>, note: string | undefined): Buffer | null {
  return note === undefined ? null : vault.seal(note, contextOf(id))
}

/** @throws when the key that sealed it is not ours any more. */
export function openNote(vault: Vault, id: Id<'introduction'>, note: Buffer | null): string | undefined {
  if (note === null) return undefined
  const opened = vault.open(note, contextOf(id))
  if (opened === undefined) throw new Error('a note was sealed with another SECRET_KEY')
  return opened
}

function contextOf(id: Id<'introduction'>): string {
  return `note of ${id}`
}
