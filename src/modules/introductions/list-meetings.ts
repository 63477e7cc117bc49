import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { relationOf } from './hold-introduction.ts'
import { getIntroduction } from './introduction-repo.ts'
import { listMeetingsOf, type Meeting } from './meeting-repo.ts'
import { assertParty } from './policy.ts'
import { textOpener } from './texts.ts'

export type MeetingView = { meeting: Meeting; place?: string; note?: string }

/** The last hundred meetings, newest first, for the parties alone. @throws NOT_FOUND, FORBIDDEN for operators. */
export async function listMeetings(
  deps: { db: Db; vault: Vault },
  actor: Principal,
  { id }: { id: Id<'introduction'> },
): Promise<MeetingView[]> {
  assertParty(await relationOf(deps.db, actor, await getIntroduction(deps.db, id)))
  const meetings = await listMeetingsOf(deps.db, id)
  const open = await textOpener(deps, id)
  return meetings.map((meeting) => ({
    meeting,
    ...(JSON.parse(open(`meeting ${meeting.id}`, meeting.box)) as Omit<MeetingView, 'meeting'>),
  }))
}
