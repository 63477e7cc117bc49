import { createHash } from 'node:crypto'
import type { NdaText } from './domain/nda.ts'

/** SHA-256, in hex, of the Chinese text, a line feed and the English text: what a signature is for. */
export function ndaHash({ zh, en }: Pick<NdaText, 'zh' | 'en'>): string {
  return createHash('sha256').update(`${zh}\n${en}`).digest('hex')
}
