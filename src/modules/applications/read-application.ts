import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Application, type ApplicationId, getApplication, listSteps, type Step } from './application-repo.ts'

/** One application of either side, with its steps. @throws NOT_FOUND for everybody else, and for the bank before submission. */
export async function readApplication(
  { db }: { db: Db },
  actor: Principal,
  id: ApplicationId,
): Promise<{ application: Application; steps: Step[] }> {
  const application = await getApplication(db, id, actor.orgId)
  return { application, steps: await listSteps(db, id) }
}
