/** Where the listing of a key stands, without an object for each: 8 to 16 bytes a listing instead of 100 in a Map. */
export type SlotTable = { places: Uint32Array; used: number }

/** The keys of all slots, 16 bytes each. */
export type Keys = { keys: Uint8Array }

const keyLength = 16
const empty = 0

export function slotTable(): SlotTable {
  return { places: new Uint32Array(2_048), used: 0 }
}

/** The newest slot of the key. */
export function findSlot({ places }: SlotTable, { keys }: Keys, key: Uint8Array): number | undefined {
  const mask = places.length - 1
  for (let place = hashOf(key, 0) & mask; ; place = (place + 1) & mask) {
    const entry = places[place] ?? empty
    if (entry === empty) return undefined
    if (isKeyAt(keys, entry - 1, key)) return entry - 1
  }
}

/** Notes where the key stands now. `keys` holds the slot's key already. */
export function putSlot(table: SlotTable, store: Keys, slot: number): void {
  if (table.used * 2 >= table.places.length) grow(table, store)
  const { places } = table
  const mask = places.length - 1
  const from = slot * keyLength
  for (let place = hashOf(store.keys, from) & mask; ; place = (place + 1) & mask) {
    const entry = places[place] ?? empty
    if (entry !== empty && !areEqual(store.keys, (entry - 1) * keyLength, from)) continue
    if (entry === empty) table.used += 1
    places[place] = slot + 1
    return
  }
}

/** Every listing finds a new place, as its key falls in the wider table. */
function grow(table: SlotTable, { keys }: Keys): void {
  const wider = new Uint32Array(table.places.length * 2)
  const mask = wider.length - 1
  for (const entry of table.places) {
    if (entry === empty) continue
    let place = hashOf(keys, (entry - 1) * keyLength) & mask
    while (wider[place] !== empty) place = (place + 1) & mask
    wider[place] = entry
  }
  table.places = wider
}

/** Of the whole key: a UUID of version 7 begins with the time and ends at random, an imported one may do neither. */
function hashOf(bytes: Uint8Array, from: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < from + keyLength; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

function isKeyAt(keys: Uint8Array, slot: number, key: Uint8Array): boolean {
  for (let i = 0; i < keyLength; i++) if (keys[slot * keyLength + i] !== key[i]) return false
  return true
}

function areEqual(keys: Uint8Array, one: number, other: number): boolean {
  for (let i = 0; i < keyLength; i++) if (keys[one + i] !== keys[other + i]) return false
  return true
}
