import { z } from 'zod'
import type { SealedRecord } from './chain.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A line of an export. */
export const sealedRecordSchema = z.object({
  id: z.string(),
  seq: z.int(),
  orgId: z.string().nullable(),
  userId: z.string().nullable(),
  action: z.string(),
  objectId: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
  at: z.string(),
  requestId: z.string().optional(),
  network: z.string().optional(),
  chain: z.guid(),
  position: z.int().positive(),
  prevHash: hash,
  hash,
})

/** Reads an export. @throws with the number of the first line that is none. */
export async function* readExport(lines: AsyncIterable<string>): AsyncGenerator<SealedRecord> {
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    yield parseLine(line, number)
  }
}

function parseLine(line: string, number: number): SealedRecord {
  try {
    return sealedRecordSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Error(`line ${number} is no audit record`, { cause })
  }
}
