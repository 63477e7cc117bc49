/** Shares by pairs of neighbouring codes, open addressing: what a body of 300 pairs asks for lies in the first cache of a core. */
export type PairTable = { keys: Uint32Array; shares: Float32Array }

/** A key of two codes; no unit has the code 0, so neither has a pair. */
const empty = 0

/** What a pair of neighbouring codes adds. */
export type PairShare = { left: number; right: number; share: number }

export function pairTable(pairs: readonly PairShare[]): PairTable {
  let places = 64
  while (places < pairs.length * 4) places *= 2
  const table = { keys: new Uint32Array(places), shares: new Float32Array(places) }
  for (const { left, right, share } of pairs) {
    const place = placeOf(table, keyOf(left, right))
    table.keys[place] = keyOf(left, right)
    table.shares[place] = share
  }
  return table
}

/** 0 for a pair that nobody asks for. */
export function shareOfPair(table: PairTable, left: number, right: number): number {
  return table.shares[placeOf(table, keyOf(left, right))] ?? 0
}

/** Codes have 15 bits. */
function keyOf(left: number, right: number): number {
  return (left << 15) | right
}

/** Where the key stands or would stand. Three places of four are free, so nearly always the first one looked at. */
function placeOf({ keys }: PairTable, key: number): number {
  const mask = keys.length - 1
  let place = (Math.imul(key, 0x9e3779b1) >>> 15) & mask
  for (;;) {
    const known = keys[place] ?? empty
    if (known === key || known === empty) return place
    place = (place + 1) & mask
  }
}
