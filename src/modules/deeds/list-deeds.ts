import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertSeesDeeds } from './assert-sees-deeds.ts'
import { type Deed, listDeedsOf } from './deed-repo.ts'
import type { DeedKind } from './domain/deed.ts'

type Wanted = { userId: Id<'user'>; kind?: DeedKind | undefined; page: PageRequest }

/** What a broker did, newest first. @throws NOT_FOUND */
export async function listDeeds(deps: { db: Db }, actor: Principal, wanted: Wanted): Promise<PageOf<Deed>> {
  await assertSeesDeeds(deps.db, actor, wanted.userId)
  return listDeedsOf(deps.db, wanted)
}
