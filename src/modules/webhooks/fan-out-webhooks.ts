import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { eachToItsEnd } from '../../kernel/each-to-its-end.ts'
import { fanOutWebhook, type PublicFact } from './fan-out-webhook.ts'
import { listAskedTypes } from './subscriber-view.ts'

/** Fans out the facts whose type any endpoint asks for. One that fails holds up no other; the run then fails and comes again. */
export async function fanOutWebhooks(deps: { db: Db; clock: Clock }, facts: readonly PublicFact[]): Promise<undefined> {
  const asked = await listAskedTypes(deps.db, [...new Set(facts.map(({ type }) => type))])
  await eachToItsEnd(
    facts.filter(({ type }) => asked.has(type)),
    (fact) => fanOutWebhook(deps, fact),
  )
}
