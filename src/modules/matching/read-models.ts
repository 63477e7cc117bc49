import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import { ensureShippedModel } from './ensure-shipped-model.ts'
import {
  countRescored,
  getStoredModel,
  listRefitRuns,
  listStoredModels,
  type Progress,
  type RefitRun,
  type StoredModel,
} from './score-model-repo.ts'

type Deps = { db: Db; clock: Clock }

/** A model with how many of the open matches it has scored. */
export type ModelView = { model: StoredModel; progress: Progress }

/** The newest first. A release that nobody has looked at yet is entered first, so that its model is in the list. */
export async function listModels(deps: Deps, page: PageRequest): Promise<PageOf<StoredModel>> {
  await ensureShippedModel(deps)
  return listStoredModels(deps.db, page)
}

/** @throws NOT_FOUND */
export async function readModel(deps: Deps, version: string): Promise<ModelView> {
  await ensureShippedModel(deps)
  const model = await getStoredModel(deps.db, version)
  return { model, progress: await countRescored(deps.db, version) }
}

export async function listRefits(deps: Pick<Deps, 'db'>, page: PageRequest): Promise<PageOf<RefitRun>> {
  return listRefitRuns(deps.db, page)
}
