import { z } from 'zod'

/** Money is an integer of fen (1 yuan = 100 fen), never a float; 9·10¹⁵ fen (90 trillion yuan) is the safe maximum. */
export const fenSchema = z
  .int({ error: 'must be a whole number of fen (1 yuan = 100 fen)' })
  .min(0)
  .max(9_000_000_000_000_000)
  .meta({ description: 'Amount in fen; 1 yuan = 100 fen.' })
