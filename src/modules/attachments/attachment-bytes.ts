import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { DataKey, Vault } from '../../ports/vault.ts'
import { ensureDataKey, findDataKey, openPieces, sealPieces } from '../../vault/index.ts'
import type { Attachment } from './attachment-repo.ts'
import { isForFew } from './domain/attachment.ts'
import type { ReceivedFile } from './received-file.ts'

type Deps = { db: Db; vault: Vault; files: FileStore }
type Stored = Pick<Attachment, 'id' | 'tier'>

/** Puts a received file into the store, sealed by a key of its own when it is not for everybody or all members. */
export async function keepBytes({ db, vault, files }: Deps, { id, tier }: Stored, file: ReceivedFile): Promise<void> {
  if (!isForFew(tier)) return files.put(id, file)
  const key = await withTx(db, (tx) => ensureDataKey({ tx, vault }, id))
  const path = `${file.path}.sealed`
  try {
    await files.put(id, await sealTo(path, { key, name: id, from: file.path }))
  } finally {
    await rm(path, { force: true })
  }
}

/**
 * The bytes as they were received. One that is for few and has no key was stored by a program before sealed files, in clear.
 * @throws when the store has lost it, and while it is read when it was changed there.
 */
export async function openBytes({ db, vault, files }: Deps, { id, tier }: Stored): Promise<AsyncIterable<Uint8Array>> {
  const stored = await files.open(id)
  if (stored === undefined) throw new Error(`the file store has lost ${id}`)
  const key = isForFew(tier) ? await findDataKey({ db, vault }, id) : undefined
  return key === undefined ? stored : openPieces(key, id, stored)
}

type Source = { key: DataKey; name: string; from: string }

async function sealTo(path: string, { key, name, from }: Source): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await pipeline(
    sealPieces(key, name, createReadStream(from)),
    async function* counted(sealed: AsyncIterable<Buffer>) {
      for await (const piece of sealed) {
        hash.update(piece)
        sizeBytes += piece.length
        yield piece
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  return { path, sizeBytes, sha256: hash.digest('hex') }
}
