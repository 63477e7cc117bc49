import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { accessTopic } from './stream-access.ts'
import { listUserIdsOfOrganisation } from './user-repo.ts'

/** Lets open streams of a user, or of a whole organisation, ask at once whether they may go on. */
export async function wakeStreams(
  deps: { db: Db; live: LiveChannel },
  whose: { userId: Id<'user'> } | { orgId: Id<'organisation'> },
): Promise<undefined> {
  const userIds = 'userId' in whose ? [whose.userId] : await listUserIdsOfOrganisation(deps.db, whose.orgId)
  deps.live.nudge(userIds.map(accessTopic))
  return undefined
}
