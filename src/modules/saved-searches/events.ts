import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { listingIdSchema } from '../listings/index.ts'

const search = { savedSearchId: idSchema('savedSearch'), userId: idSchema('user') }

/** A saved search found a listing that its user wants to hear of at once. */
export const savedSearchHit = defineEvent('saved_search.hits', 1, z.object({ ...search, listingId: listingIdSchema }))

/** What a saved search found since its last daily notification is ready to be told. */
export const savedSearchDigestReady = defineEvent(
  'saved_search.digest_ready',
  1,
  z.object({ ...search, day: z.iso.date() }),
)
