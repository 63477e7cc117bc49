import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { keeps } from './desk.ts'
import { versionOn } from './domain/policy.ts'
import { findPolicy, listVersions, type Policy, type PolicyId, type PolicyVersion } from './policy-repo.ts'

/** `shown` is the version that was asked for; `draft` is for those who keep the policy. */
export type PolicyView = {
  policy: Policy
  shown: PolicyVersion
  versions: readonly PolicyVersion[]
  draft?: PolicyVersion | undefined
}

/**
 * A policy with the version in force on a day, today by default; where there is none, the last that was published.
 * @throws NOT_FOUND for drafts to all but those who keep them.
 */
export async function readPolicy(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  { id, on = chinaDay(clock.now()) }: { id: PolicyId; on?: string | undefined },
): Promise<PolicyView> {
  const policy = await findPolicy(db, id)
  if (policy === undefined) throw notFound('policy')
  const isKeeper = await keeps(db, viewer, policy.market)
  const all = await listVersions(db, [id], { withDrafts: isKeeper })
  const versions = all.filter(({ publishedAt }) => publishedAt !== null)
  const draft = all.find(({ publishedAt }) => publishedAt === null)
  const shown = versionOn(versions, on) ?? versions.at(-1) ?? draft
  if (shown === undefined) throw notFound('policy')
  return { policy, shown, versions, draft }
}
