import type { Id } from '../../kernel/ids.ts'
import type { Sequence } from '../../sequencer/index.ts'
import { numberNotifications } from './stream-repo.ts'

export const sequenceName = 'notifications'

/** Nudged when the user has a new notification. */
export const notificationTopic = (userId: Id<'user'>) => `notifications:${userId}`

/** Gives notifications their place in the streams of their users, after they were committed. */
export const notificationSequence: Sequence = {
  name: sequenceName,
  numberRows: async (tx, numbering) => {
    const userIds = await numberNotifications(tx, numbering)
    return { count: userIds.length, topics: [...new Set(userIds)].map(notificationTopic) }
  },
}
