import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { unpack, zipEntries } from '../../files/check-zip.ts'
import { FileRefused } from '../../files/file-refused.ts'
import { AppError } from '../../kernel/errors.ts'
import { endingOf, typeOfEnding, typeProblem } from './domain/attachment.ts'

const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06])
/** The end of a zip's directory with the longest comment. */
const ZIP_TAIL_BYTES = 65_557

/**
 * What a file is by its bytes; neither the sender's type nor the name is believed. A document of Office is an archive: it is
 * unpacked once, so that nobody else has to find out that it is a bomb. @returns the media type.
 * @throws VALIDATION_FAILED for an empty file, UNSUPPORTED_MEDIA_TYPE for a file that is not what its name says, is two things at once, or carries macros.
 */
export async function inspectFile({ path, fileName }: { path: string; fileName: string }): Promise<string> {
  const bytes = await readFile(path)
  if (bytes.length === 0) throw new AppError('VALIDATION_FAILED', 'The file is empty.')
  const found = (await fileTypeFromBuffer(bytes))?.mime
  const isText = isUtf8(bytes) && !bytes.includes(0)
  const problem = typeProblem(fileName, found, isText)
  if (problem !== undefined) throw refused(problem)
  const type = typeOfEnding[endingOf(fileName)] ?? ''
  if (type.includes('openxmlformats')) await assertHarmlessArchive(bytes)
  else if (isArchiveToo(bytes)) throw refused('The file is an archive as well.')
  return type
}

async function assertHarmlessArchive(bytes: Buffer): Promise<void> {
  try {
    const entries = zipEntries(bytes)
    if (entries.some(({ name }) => /vbaProject\.bin$/i.test(name))) throw refused('The file carries macros.')
    for (const entry of entries) for await (const _piece of unpack(bytes, entry));
  } catch (error) {
    if (error instanceof FileRefused) throw refused(error.message)
    throw error
  }
}

/** A zip is read from its end, so one may hang behind any file, and what opens it sees nothing else. */
function isArchiveToo(bytes: Buffer): boolean {
  return bytes.subarray(-ZIP_TAIL_BYTES).includes(ZIP_END)
}

function refused(message: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', message)
}
