import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { activateModel, pinModel, unpinModel } from './activate-model.ts'
import { modelDetailExample, modelExample, refitExample } from './model-examples.ts'
import { toModelDetailResponse, toModelResponse, toRefitResponse } from './model-present.ts'
import {
  listModelsQuery,
  modelVersionParams,
  refitResponse,
  scoreModelDetailResponse,
  scoreModelResponse,
} from './model-schemas.ts'
import { listModels, listRefits, readModel } from './read-models.ts'

const shared = { tag: 'Matching', permission: 'operations.manage' } as const
const onePage = { nextCursor: null, hasMore: false }

const verbs = [
  {
    verb: 'activate',
    operationId: 'activateScoreModel',
    summary: 'Put a score model in force, an older one too',
    description: 'Open matches are scored anew in the background; the model itself tells how many are done.',
    run: activateModel,
  },
  {
    verb: 'pin',
    operationId: 'pinScoreModel',
    summary: 'Keep the active score model in force against every refit',
    description: 'Refits go on and keep their models as candidates.',
    run: pinModel,
  },
  {
    verb: 'unpin',
    operationId: 'unpinScoreModel',
    summary: 'Let the next refit replace the score model again',
    description: 'A model that is not pinned stays as it is.',
    run: unpinModel,
  },
] as const

/** The registry of score models, for operators. */
export function modelRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/score-models', {
    ...shared,
    operationId: 'listScoreModels',
    summary: 'List the score models, newest first',
    query: listModelsQuery,
    response: pageSchema(scoreModelResponse),
    example: { response: { data: [modelExample], page: onePage } },
    handle: async ({ db, query, pager }) => ({
      body: pager.answer(await listModels({ ...deps, db }, pager.request(query)), toModelResponse),
    }),
  })

  api.get('/v1/score-model-refits', {
    ...shared,
    operationId: 'listScoreModelRefits',
    summary: 'List the nightly refits with their outcomes, newest first',
    query: listModelsQuery,
    response: pageSchema(refitResponse),
    example: { response: { data: [refitExample], page: onePage } },
    handle: async ({ db, query, pager }) => ({
      body: pager.answer(await listRefits({ db }, pager.request(query)), toRefitResponse),
    }),
  })

  api.get('/v1/score-models/:version', {
    ...shared,
    operationId: 'getScoreModel',
    summary: 'Read a score model with its weights and how far re-scoring has come',
    params: modelVersionParams,
    response: scoreModelDetailResponse,
    example: { response: modelDetailExample },
    handle: async ({ db, params }) => ({
      body: toModelDetailResponse(await readModel({ ...deps, db }, params.version)),
    }),
  })

  for (const { verb, run, ...texts } of verbs) {
    api.post(`/v1/score-models/:version/${verb}`, {
      ...shared,
      ...texts,
      params: modelVersionParams,
      response: scoreModelResponse,
      ...(verb === 'pin' ? { errors: ['TRANSITION_NOT_ALLOWED'] as const } : {}),
      example: { response: { ...modelExample, isPinned: verb === 'pin' } },
      handle: async ({ db, actor, params }) => ({
        body: toModelResponse(await run({ ...deps, db }, actor, params.version)),
      }),
    })
  }
}
