import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { ensureDataKey, findDataKey } from '../../vault/index.ts'

/** Where a text stands: moved elsewhere, its box does not open. */
export type Place = `note` | `message ${Id<'introductionMessage'>}` | `meeting ${Id<'introductionMeeting'>}`

/** Seals what somebody wrote by the key of the introduction. */
export async function sealText(
  deps: { tx: Tx; vault: Vault },
  id: Id<'introduction'>,
  { place, text }: { place: Place; text: string },
): Promise<Buffer> {
  const key = await ensureDataKey(deps, id)
  return key.seal(text, contextOf(id, place))
}

export type Open = (place: Place, box: Buffer) => string

/** Opens the texts of one introduction; the key is looked up once. @throws when a box is not what its place says. */
export async function textOpener(deps: { db: Db; vault: Vault }, id: Id<'introduction'>): Promise<Open> {
  const key = await findDataKey(deps, id)
  return (place, box) => {
    const text = key?.open(box, contextOf(id, place))
    if (text === undefined) throw new Error(`a box does not open as ${contextOf(id, place)}`)
    return text
  }
}

function contextOf(id: Id<'introduction'>, place: Place): string {
  return `${place} of ${id}`
}
