const PRIME = 0x01000193

/** FNV-1a over the UTF-16 units of a text: 32 bits, enough to tell grams apart, not to keep secrets. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash >>> 0
}

/** 16 hexadecimal digits that change with any text or number: two FNV-1a hashes from different starts. */
export function fingerprint(texts: readonly string[], numbers: Float32Array): string {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  return [0x811c9dc5, 0x9747b28c]
    .map((start) => {
      let hash = start
      for (const text of texts) hash = Math.imul(hashText(text, hash) ^ 0xff, PRIME)
      for (const word of words) hash = Math.imul(hash ^ word ^ (word >>> 15), PRIME)
      return (hash >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
}
