import { closeSync, openSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { idToUuid } from '../../src/kernel/ids.ts'
import type { ListingKind } from '../../src/modules/matching/domain/types.ts'
import { type SyntheticDocument, syntheticMarket } from './synthetic-match-documents.ts'

/** Documents from one number up to another, to be written as a file for COPY. */
export type Chunk = { kind: ListingKind; from: number; to: number; file: string }

/** The columns of a line, in its order. */
export const columns = 'listing_id, kind, org_id, market, version, facts, body, terms, matched_titles, updated_at'

const bufferLength = 1_000_000

// A thread of its own: the database reads one file while the next is being made.
if (parentPort) {
  const port = parentPort
  const market = syntheticMarket(Number(workerData))
  port.on('message', (chunk: Chunk) => {
    writeChunk(chunk, (number) => market.documentOf(chunk.kind, number))
    port.postMessage(chunk)
  })
}

function writeChunk({ from, to, file }: Chunk, documentOf: (number: number) => SyntheticDocument): void {
  const descriptor = openSync(file, 'w', 0o644)
  let lines = ''
  for (let number = from; number < to; number += 1) {
    lines += lineOf(documentOf(number))
    if (lines.length < bufferLength && number + 1 < to) continue
    writeSync(descriptor, lines)
    lines = ''
  }
  closeSync(descriptor)
}

/** Supplies come without their body, which no score reads. */
function lineOf({ facts, terms }: SyntheticDocument): string {
  const { body, ...rest } = facts
  const fields = [
    idToUuid(facts.id),
    facts.kind,
    idToUuid(facts.orgId),
    facts.market,
    '1',
    JSON.stringify(rest),
    facts.kind === 'demand' ? body : '',
    terms.map((term) => `'${term}'`).join(' '),
    '1000000000',
    '2026-01-01T00:00:00Z',
  ]
  return `${fields.join('\t')}\n`
}
