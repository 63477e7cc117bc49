import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { redemptionStates } from './domain/redemption.ts'

/** A version of a policy is in force from its day on. */
export const policyPublished = defineEvent(
  'policy.published',
  1,
  z.object({ policyId: idSchema('policy'), number: z.int(), market: z.string() }),
)

/** A redemption was claimed or moved on; `organisationId` is the claimant, `market` the policy’s. */
export const redemptionStateChanged = defineEvent(
  'redemption.state_changed',
  1,
  z.object({
    redemptionId: idSchema('policyRedemption'),
    ...{ policyId: idSchema('policy'), organisationId: idSchema('organisation'), market: z.string() },
    ...{ state: z.enum(redemptionStates), version: z.int() },
  }),
)
