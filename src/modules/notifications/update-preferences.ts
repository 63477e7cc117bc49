import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { checkChoices } from './domain/check-choices.ts'
import { updateAllPreferences, upsertSettings } from './preference-repo.ts'
import type { UpdatePreferencesBody } from './preference-schemas.ts'
import { readPreferences } from './read-preferences.ts'
import type { Recipient } from './recipient-view.ts'

/** Puts the actor's choices in place of the old ones. @throws VALIDATION_FAILED with every choice that makes no sense. */
export async function updatePreferences(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: UpdatePreferencesBody,
): Promise<Recipient> {
  const { choices, errors } = checkChoices(input.preferences)
  if (errors.length > 0) throw new AppError('VALIDATION_FAILED', 'The request has invalid fields.', { errors })
  const { userId } = actor
  const { locale, timeZone, quietHours, dailyMailMax } = input
  return withTx(deps.db, async (tx) => {
    await upsertSettings(tx, {
      ...{ userId, locale, timeZone, dailyMailMax },
      ...{ quietFrom: quietHours?.from ?? null, quietTo: quietHours?.to ?? null },
      updatedAt: deps.clock.now(),
    })
    await updateAllPreferences(
      tx,
      userId,
      choices.map((choice) => ({ userId, ...choice })),
    )
    return readPreferences({ db: tx }, actor)
  })
}
