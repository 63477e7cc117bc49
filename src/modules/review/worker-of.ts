import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { type BrokerProfile, findConflicts, findProfiles, isValidOn, stepOf } from '../brokers/index.ts'
import type { Worker } from './domain/routing.ts'

type Person = { userId: Id<'user'>; orgId: Id<'organisation'> }
/** A broker as the routing sees it, with typed ids. */
export type ReviewWorker = Worker & Person & { conflicts: readonly Id<'organisation'>[]; profile: BrokerProfile }

/** Brokers as the routing sees them, in the order in which they were given. */
export async function workersOf(deps: { db: Db; clock: Clock }, people: readonly Person[]): Promise<ReviewWorker[]> {
  const today = chinaDay(deps.clock.now())
  const ids = people.map(({ userId }) => userId)
  const profiles = await findProfiles(deps.db, ids)
  const conflicts = await findConflicts(deps.db, ids)
  return people.flatMap(({ userId, orgId }) => {
    const profile = profiles.get(userId)
    if (profile === undefined) return []
    const { grade, fields, regions } = profile
    const certificates = profile.certificates.filter((one) => isValidOn(one, today)).map(({ type }) => type)
    const known = { userId, orgId, fields, regions, certificates, profile }
    return [{ ...known, step: stepOf(grade), conflicts: conflicts.get(userId) ?? [] }]
  })
}

export async function workerOf(deps: { db: Db; clock: Clock }, person: Person): Promise<ReviewWorker> {
  const [worker] = await workersOf(deps, [person])
  return worker ?? impossible('everybody has a profile, if a blank one')
}
