import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../kernel/errors.ts'
import type { ReceivedFile, UploadLimits } from './files.ts'

/** Hands the bytes on unread, of whichever type: nobody's file is looked at before the permission is checked. */
export function acceptFiles(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/**
 * Writes the body to a directory of its own, never under a name that the sender chose, and hashes it on the way; the hash
 * stands for the body where a repeat is told from another request. @throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, VALIDATION_FAILED for none.
 */
export async function receiveFile(
  request: FastifyRequest,
  { mediaTypes, maxBytes }: UploadLimits,
): Promise<ReceivedFile> {
  const body = request.body as Readable | undefined
  if (!mediaTypes.includes(mediaTypeOf(request))) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Send ${mediaTypes.join(', ')}.`)
  }
  if (body === undefined) throw new AppError('VALIDATION_FAILED', 'Send the file as the body of the request.')
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const path = join(await mkdtemp(join(tmpdir(), 'queqiao-upload-')), 'file')
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      // Whoever sends too much, or to a full disk, is told so: destroying the request would cut the answer off as well.
      for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        sizeBytes += piece.length
        if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
        hash.update(piece)
        await file.appendFile(piece)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    await forgetFile({ path })
    // The rest is thrown away; a connection whose request is left unread would never read its next one.
    body.resume()
    throw error
  }
  const digest = hash.digest()
  request.rawBody = digest
  return { path, sizeBytes, sha256: digest.toString('hex'), mediaType: mediaTypeOf(request) }
}

export async function forgetFile({ path }: Pick<ReceivedFile, 'path'>): Promise<void> {
  await rm(join(path, '..'), { recursive: true, force: true })
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB.`)
}
