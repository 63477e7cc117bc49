import { createHash } from 'node:crypto'
import { parsePatentNumber } from '../../kernel/patent-number.ts'
import { foldText } from '../../text/fold.ts'
import { minHashesOf } from './domain/min-hash.ts'
import type { Signature } from './signature-repo.ts'
import type { Unsigned } from './unsigned-view.ts'

/** Longer texts are told apart by their first 4,000 characters. */
const LONGEST = 4_000

/** What a listing is recognised by. The confidential part is not read. */
export function signatureOf(listing: Unsigned): Signature {
  const text = foldText(textOf(listing)).replaceAll(' ', '').slice(0, LONGEST)
  const [patents, sourceKey] = [patentsOf(listing), sourceKeyOf(listing)]
  return {
    ...{ listingId: listing.id, kind: listing.kind, version: listing.version, patents, sourceKey },
    minHashes: minHashesOf(text),
    contentHash: createHash('sha256')
      .update(JSON.stringify([text, patents, sourceKey]))
      .digest(),
    isCompared: false,
  }
}

/** Title, summary, description, and the texts among the kind's own fields, in an order that does not depend on the sender. */
function textOf({ texts, details }: Unsigned): string {
  const own = Object.keys(details)
    .sort()
    .flatMap((name) => (typeof details[name] === 'string' ? [details[name]] : []))
  return [texts.title, texts.summary ?? '', texts.description ?? '', ...own].join('\n')
}

/** Numbers of patents as the office writes them; rights of other kinds and wrong numbers say nothing. */
function patentsOf({ details }: Unsigned): string[] {
  const rights = Array.isArray(details.ipRights) ? (details.ipRights as { number?: unknown }[]) : []
  const numbers = rights.flatMap(({ number }) => {
    const parsed = typeof number === 'string' ? parsePatentNumber(number) : undefined
    return parsed?.ok ? [parsed.normalised] : []
  })
  return [...new Set(numbers)].sort()
}

/** An external id alone says nothing across organisations (everybody has an A-1); one of a named source does. */
function sourceKeyOf({ kind, provenance, externalId }: Unsigned): string | null {
  if (provenance === null) return null
  const id = provenance.url ?? externalId
  return id === null ? null : `${kind} ${foldText(provenance.source)} ${id}`
}
