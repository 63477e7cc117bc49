import { type Broken, emptyHead, flawOf, type Head, type SealedRecord } from './chain.ts'

export type ChainReport = {
  /** Records whose link is right, before the first flaw of their chain. */
  entries: number
  /** The end of every chain, for a comparison with anchors. */
  heads: Map<string, Head>
  /** The first flaw of each broken chain. */
  broken: Broken[]
}

/**
 * Recomputes chains from their records alone, which may come from the database or from an exported file. The records of a
 * chain are in order; chains may be mixed. After its first flaw the rest of a chain proves nothing and is passed over.
 */
export async function verifyRecords(
  records: AsyncIterable<SealedRecord>,
  { isWhole }: { /** Whether every chain has to begin at its first entry. */ isWhole: boolean },
): Promise<ChainReport> {
  const report: ChainReport = { entries: 0, heads: new Map(), broken: [] }
  const ended = new Set<string>()
  for await (const record of records) {
    const { chain, position, hash } = record
    if (ended.has(chain)) continue
    const head = report.heads.get(chain) ?? (isWhole ? emptyHead(chain) : undefined)
    const flaw = flawOf(record, head)
    if (flaw === undefined) {
      report.entries += 1
      report.heads.set(chain, { chain, position, hash })
      continue
    }
    report.broken.push(flaw)
    ended.add(chain)
  }
  return report
}
