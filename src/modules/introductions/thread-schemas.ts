import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { text } from '../listings/index.ts'
import { parties } from './domain/introduction.ts'
import { meetingModes, meetingStates } from './domain/meeting.ts'

const description = z.strictObject({
  name: text(200),
  sizeBytes: z.int().min(0).max(10_000_000_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex'),
  mediaType: z.string().regex(/^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/, 'must be a media type'),
})
const reference = z.strictObject({ attachmentId: idSchema('attachment') })

const attachment = defineSchema(
  'AttachmentDescription',
  description.extend({ attachmentId: idSchema('attachment').optional() }).meta({
    description: 'What a file is. Without `attachmentId` it goes another way, and its hash tells whether it arrived.',
  }),
)
export type MessageAttachment = z.output<typeof attachment>

export const postMessageBody = z.strictObject({
  text: text(10_000),
  attachments: z
    .array(z.union([reference, description]))
    .max(20)
    .optional()
    .meta({ description: 'Files that were sent to this introduction, or descriptions of files that go another way.' }),
})
export type PostMessageBody = z.output<typeof postMessageBody>

export const messageResponse = defineSchema(
  'IntroductionMessage',
  z.object({
    id: idSchema('introductionMessage'),
    author: z.enum(parties),
    userId: idSchema('user'),
    text: z.string(),
    attachments: z.array(attachment),
    createdAt: z.iso.datetime(),
  }),
)
export const listMessagesQuery = z.object(pageQuery)
export const messagesResponse = pageSchema(messageResponse).extend({
  readMarks: z
    .array(
      z.object({
        userId: idSchema('user'),
        messageId: idSchema('introductionMessage'),
        readAt: z.iso.datetime(),
      }),
    )
    .meta({ description: 'Up to which message each user has read.' }),
})

export const markReadBody = z.strictObject({ messageId: idSchema('introductionMessage') })

const instant = z.iso.datetime({ offset: true })
export const proposeMeetingBody = z.strictObject({
  starts: z
    .array(instant)
    .min(1)
    .max(5)
    .refine((starts) => new Set(starts.map((start) => Date.parse(start))).size === starts.length, 'must differ')
    .meta({ description: 'Beginnings to choose from.' }),
  minutes: z.int().min(15).max(480).default(60),
  mode: z.enum(meetingModes),
  place: text(300).optional().meta({ description: 'Address, or the link of a call.' }),
  note: text(1000).optional(),
})
export type ProposeMeetingBody = z.output<typeof proposeMeetingBody>

export const agreeMeetingBody = z.strictObject({ start: instant })

export const meetingResponse = defineSchema(
  'IntroductionMeeting',
  z.object({
    id: idSchema('introductionMeeting'),
    proposer: z.enum(parties),
    state: z.enum(meetingStates),
    mode: z.enum(meetingModes),
    minutes: z.int(),
    starts: z.array(z.iso.datetime()),
    agreedStart: z.iso.datetime().optional(),
    place: z.string().optional(),
    note: z.string().optional(),
    createdAt: z.iso.datetime(),
  }),
)
export const meetingsResponse = z.object({ data: z.array(meetingResponse) })
