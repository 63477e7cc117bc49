/** What is read of an answer at most: enough to keep the connection for the next message, too little to fill memory. */
const maxBodyBytes = 65_536
const excerptBytes = 1_024

/** Reads up to 64 kB and returns the first 1,024 bytes. A body that breaks off or dawdles gives what came. */
export async function readExcerpt(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<string> {
  const kept: Uint8Array[] = []
  let total = 0
  try {
    for await (const chunk of body) {
      if (total < excerptBytes) kept.push(chunk.subarray(0, excerptBytes - total))
      total += chunk.length
      if (total >= maxBodyBytes) break
    }
  } catch {
    // The status has arrived and decides; the rest of the body is only for the log.
  } finally {
    body.destroy()
  }
  return escapeExcerpt(Buffer.concat(kept).toString('utf8'))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Printable and harmless in a page, whoever shows it: control and direction characters become spaces. */
export function escapeExcerpt(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .trim()
}
