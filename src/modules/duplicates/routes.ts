import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { ListingKinds } from '../listings/index.ts'
import { decideCandidate } from './decide-candidate.ts'
import { exampleCandidate } from './examples.ts'
import { listCandidates } from './list-candidates.ts'
import { toCandidateResponse } from './present.ts'
import { candidateResponse, candidatesResponse, decideCandidateBody, listCandidatesQuery } from './schemas.ts'

const shared = { tag: 'Duplicates', permission: 'listing.publish' } as const

/** Pairs of listings that may be one, and the operator's word on them. */
export function duplicateRoutes(api: Api, deps: { clock: Clock; listingKinds: ListingKinds }): void {
  api.get('/v1/duplicate-candidates', {
    ...shared,
    operationId: 'listDuplicateCandidates',
    summary: 'List pairs of listings that may be one, of your market and its branches, newest first',
    description: 'Found by patent number, by the id at a named source, or because their texts are nearly the same.',
    query: listCandidatesQuery,
    response: candidatesResponse,
    example: { response: { data: [exampleCandidate], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const { state, kind } = query
      const page = await listCandidates({ db }, actor, { state, kind, page: pager.request(query) })
      return { body: pager.answer(page, toCandidateResponse) }
    },
  })
  api.post('/v1/duplicate-candidates/:id/decision', {
    ...shared,
    operationId: 'decideDuplicateCandidate',
    summary: 'Merge, link or dismiss a pair',
    description:
      'merge: the other listing leaves the market, keeps its content and history, and its address leads to the survivor. ' +
      'link: both stay, of two markets. dismiss: they are two, and the pair does not come back.',
    params: z.object({ id: idSchema('duplicateCandidate') }),
    body: decideCandidateBody,
    response: candidateResponse,
    errors: ['NOT_FOUND', 'ALREADY_DECIDED', 'TRANSITION_NOT_ALLOWED'],
    example: {
      body: { decision: 'merge', survivorId: exampleCandidate.listings[0]?.id ?? '' },
      response: { ...exampleCandidate, state: 'merged', survivorId: exampleCandidate.listings[0]?.id },
    },
    handle: async ({ db, actor, params: { id }, body: answer }) => ({
      body: toCandidateResponse(await decideCandidate({ ...deps, db }, actor, { id, answer })),
    }),
  })
}
