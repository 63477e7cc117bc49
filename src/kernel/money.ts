import { z } from 'zod'

/** Money is an integer of fen (1 yuan = 100 fen), never a float; 9·10¹⁵ fen (90 trillion yuan) is the safe maximum. */
export const fenSchema = z
  .int({ error: 'must be a whole number of fen (1 yuan = 100 fen)' })
  .min(0)
  .max(9_000_000_000_000_000)
  .meta({ description: 'Amount in fen; 1 yuan = 100 fen.' })

/** Fen as 亿元 from a hundred million yuan up, 万元 from ten thousand, else 元; without trailing zeros. */
export function formatFen(fen: number): string {
  const yuan = fen / 100
  if (yuan >= 100_000_000) return `${Number((yuan / 100_000_000).toFixed(4))} 亿元`
  return yuan >= 10_000 ? `${Number((yuan / 10_000).toFixed(2))} 万元` : `${Number(yuan.toFixed(2))} 元`
}
