import type { Readable } from 'node:stream'
import { z } from 'zod'

/** A file that was received whole and lies on this machine until the request is answered. */
export type ReceivedFile = { path: string; sizeBytes: number; sha256: string; mediaType: string }
export type UploadLimits = { mediaTypes: readonly string[]; maxBytes: number }

/** A file as an answer; its content may be produced while it is sent. */
export type FileAnswer = { fileName: string; mediaType: string; content: Readable | Uint8Array | string }

const uploads = new WeakMap<z.ZodType, UploadLimits>()
const downloads = new WeakMap<z.ZodType, readonly string[]>()

/** The body of a route that takes a file as it is, of one of these media types. */
export function uploadedFile(limits: UploadLimits): z.ZodType<ReceivedFile> {
  const schema = z.custom<ReceivedFile>((value) => typeof value === 'object' && value !== null)
  uploads.set(schema, limits)
  return schema
}

/** The response of a route that answers with a file. */
export function fileAnswer(...mediaTypes: string[]): z.ZodType<FileAnswer> {
  const schema = z.custom<FileAnswer>()
  downloads.set(schema, mediaTypes)
  return schema
}

/** What a route takes, when its body is a file. */
export function uploadOf(body: z.ZodType | undefined): UploadLimits | undefined {
  return body && uploads.get(body)
}

/** What a route answers with, when that is a file. */
export function mediaTypesOf(response: z.ZodType | undefined): readonly string[] | undefined {
  return response && downloads.get(response)
}
