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

/** A broker has decided on a match: what is expected of the demand's other pairs has changed. */
export const matchDecided = defineEvent(
  'match.decided',
  1,
  z.object({ matchId: idSchema('match'), demandId: idSchema('demand') }),
)

const modelVersion = z.object({ version: z.string() })

/** Scores come from this model from now on; open matches follow in the background. */
export const scoreModelActivated = defineEvent('score_model.activated', 1, modelVersion)
export const scoreModelPinned = defineEvent('score_model.pinned', 1, modelVersion)
export const scoreModelUnpinned = defineEvent('score_model.unpinned', 1, modelVersion)
