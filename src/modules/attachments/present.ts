import type { z } from 'zod'
import type { Id } from '../../kernel/ids.ts'
import type { Link } from './attachment-links.ts'
import type { Attachment } from './attachment-repo.ts'
import type { attachmentLinkResponse, attachmentResponse } from './schemas.ts'

export function toAttachmentResponse(attachment: Attachment): z.input<typeof attachmentResponse> {
  const { id, tier, fileName, mediaType, sizeBytes, sha256, createdAt, cameFrom } = attachment
  return {
    ...{ id, tier, fileName, mediaType, sizeBytes, sha256, createdAt: createdAt.toISOString() },
    ...(cameFrom !== null && { cameFrom }),
  }
}

export function toLinkResponse({
  url,
  expiresAt,
  watermark,
}: Link & { watermark?: Id<'reading'> | undefined }): z.input<typeof attachmentLinkResponse> {
  return { url, expiresAt: expiresAt.toISOString(), watermark: watermark ?? null }
}
