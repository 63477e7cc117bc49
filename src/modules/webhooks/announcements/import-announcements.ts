import { importEnded } from '../../imports/index.ts'
import { announceOn } from './announcement.ts'

/** Finished, cancelled or unreadable: the import says which. Its single rows are listings of their own. */
export const importAnnouncements = [
  announceOn(importEnded, 'import.ended', ({ importId, userId }) => ({
    data: { importId },
    audience: { of: 'user', userId },
  })),
]
