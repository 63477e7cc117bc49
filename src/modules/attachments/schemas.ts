import { z } from 'zod'
import { fileAnswer, uploadedFile } from '../../http/files.ts'
import { queryInt } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { readingPurposes } from '../listings/index.ts'
import { attachmentLimits, attachmentTiers, attachmentTypes, nameProblem } from './domain/attachment.ts'

/** The type that is sent is not believed, so a general one will do. */
export const attachmentBody = uploadedFile({
  mediaTypes: ['application/octet-stream', ...attachmentTypes],
  maxBytes: attachmentLimits.bytes,
})

export const attachmentName = z
  .string()
  .max(200)
  .normalize()
  .superRefine((name, context) => {
    const problem = nameProblem(name)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({ description: 'Name of the file; its ending says what the bytes must be.', examples: ['样件检测报告.pdf'] })

export const addAttachmentQuery = z.object({
  fileName: attachmentName,
  tier: z.enum(attachmentTiers).default('member').meta({
    description:
      'public: everybody. member: who is signed in. confidential: you, and whom you have opened the detail to.',
  }),
})

export const attachmentResponse = defineSchema(
  'StoredAttachment',
  z.object({
    id: idSchema('attachment'),
    tier: z.enum([...attachmentTiers, 'thread']),
    fileName: z.string(),
    mediaType: z.string().meta({ description: 'What the bytes are, whatever was claimed.' }),
    sizeBytes: z.int().min(1),
    sha256: z.string(),
    cameFrom: z
      .string()
      .optional()
      .meta({ description: 'The listing that it was first added to, which this one took in as a duplicate.' }),
    createdAt: z.iso.datetime(),
  }),
)
export const attachmentsResponse = z.object({ data: z.array(attachmentResponse) })

export const linkAttachmentBody = z.strictObject({
  purpose: z.enum(readingPurposes).meta({ description: 'Recorded for the owner when the file is confidential.' }),
})

export const attachmentLinkResponse = defineSchema(
  'AttachmentLink',
  z.object({
    url: z.url().meta({ description: 'Works for five minutes, for whoever has it.' }),
    expiresAt: z.iso.datetime(),
    watermark: z.string().nullable().meta({ description: 'Names this reading in the audit log of the owner.' }),
  }),
)

export const attachmentFileQuery = z.object({
  expires: queryInt({ min: 0, max: 99_999_999_999 }).meta({ examples: [1_795_831_500] }),
  signature: z
    .string()
    .max(100)
    .meta({ examples: ['p3x'] }),
})
export const attachmentFileResponse = fileAnswer(...attachmentTypes)
