import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

/** More become several events, so that whoever follows works in bounded steps. */
export const maxMatchesPerEvent = 50

/** Matches that are new, came back, or have another score, after one listing was matched. */
export const matchesProposed = defineEvent(
  'matches.proposed',
  1,
  z.object({
    matchIds: z.array(idSchema('match')).min(1).max(maxMatchesPerEvent),
    listingId: z.union([idSchema('supply'), idSchema('demand')]),
  }),
)

/** Undecided matches that hold no longer: a side left the market or changed too much. */
export const matchesWithdrawn = defineEvent(
  'matches.withdrawn',
  1,
  z.object({ matchIds: z.array(idSchema('match')).min(1).max(maxMatchesPerEvent) }),
)
