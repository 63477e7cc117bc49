/** Who may fetch a file: as who may read the public part, the members' part and the confidential detail of its listing. */
export const attachmentTiers = ['public', 'member', 'confidential'] as const
export type AttachmentTier = (typeof attachmentTiers)[number]

/** Whether a file is only for whom somebody let in, as are those of a thread; such files are sealed where they are stored. */
export function isForFew(tier: AttachmentTier | 'thread'): boolean {
  return tier === 'confidential' || tier === 'thread'
}

export const attachmentLimits = { bytes: 25 * 1_048_576, perSubject: 30 } as const

/** How long a link works: enough to begin a download, too short to be passed on. */
export const linkSeconds = 300

const OPEN_XML = 'application/vnd.openxmlformats-officedocument'

/**
 * What is taken, by its ending: documents, pictures, tables, a film. No SVG and no HTML, which carry scripts, no old Office
 * formats and no archives, which carry anything.
 */
export const typeOfEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: `${OPEN_XML}.wordprocessingml.document`,
  xlsx: `${OPEN_XML}.spreadsheetml.sheet`,
  pptx: `${OPEN_XML}.presentationml.presentation`,
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  mp4: 'video/mp4',
  txt: 'text/plain',
  csv: 'text/csv',
}

export const attachmentTypes: readonly string[] = [...new Set(Object.values(typeOfEnding))]

/** In lower case; empty when there is none. */
export function endingOf(fileName: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
}

/**
 * Why a name is none for a file; undefined when it is one. No path, no sign that hides or turns others around: the name is
 * shown to people and given to their file systems.
 */
export function nameProblem(fileName: string): string | undefined {
  if (/[\\/]/.test(fileName)) return 'must be a name without a path'
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(fileName)) return 'holds characters that cannot be seen'
  if (/^[.\s]|[.\s]$/.test(fileName)) return 'must neither begin nor end with a dot or space'
  if (typeOfEnding[endingOf(fileName)] === undefined) return `must end with .${Object.keys(typeOfEnding).join(', .')}`
  return undefined
}

/** What is wrong with bytes that were recognised as `found` under this name; text has no signature, so nothing is found. */
export function typeProblem(fileName: string, found: string | undefined, isText: boolean): string | undefined {
  const expected = typeOfEnding[endingOf(fileName)]
  const isPlain = expected?.startsWith('text/') === true
  if (isPlain) return found === undefined && isText ? undefined : `The file is ${found ?? 'no text in UTF-8'}.`
  return found === expected ? undefined : `The file is ${found ?? 'none of the types that are taken'}, not ${expected}.`
}
