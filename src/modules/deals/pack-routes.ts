import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { idSchema } from '../../kernel/ids.ts'
import { classify } from './domain/classification.ts'
import { exampleClassification, examplePack } from './examples.ts'
import { toClassificationResponse } from './present.ts'
import { readDeal } from './read-deal.ts'
import { registrationPack } from './registration-pack.ts'
import { renderPack } from './render-pack.ts'
import { classificationResponse, registrationPackResponse } from './response-schemas.ts'
import { classifyContractBody } from './schemas.ts'
import { detailOf } from './view-deal.ts'

const shared = { tag: 'Deals', permission: 'deal.read' } as const

/** What a registration office gets, and what the rules say of a contract. */
export function packRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/deals/:id/registration-pack', {
    ...shared,
    operationId: 'getRegistrationPack',
    summary: 'The registration pack of a deal, as JSON or as a page to print',
    description: 'A page with `?format=html`, or when Accept prefers text/html.',
    params: z.object({ id: idSchema('deal') }),
    query: z.object({ format: z.enum(['json', 'html']).optional() }),
    response: registrationPackResponse,
    hasPage: true,
    errors: ['NOT_FOUND'],
    example: { response: examplePack },
    handle: async ({ db, actor, params: { id }, query, accept }) => {
      const now = clock.now()
      const pack = registrationPack(await detailOf(db, await readDeal({ db }, actor, id), chinaDay(now)), now)
      const isPage = query.format === undefined ? prefersPage(accept) : query.format === 'html'
      return { body: pack, ...(isPage && { html: renderPack(pack) }) }
    },
  })
  api.post('/v1/contract-classifications', {
    ...shared,
    operationId: 'classifyContract',
    summary: 'Propose the type of a technology contract, with the grounds',
    description:
      'Nothing is stored. By the rules of the day of signing; contracts that these exclude are named as such.',
    idempotency: 'none',
    body: classifyContractBody,
    response: classificationResponse,
    example: { body: { text: '双电机壳体压铸专利实施许可', signedOn: '2026-03-02' }, response: exampleClassification },
    handle: async ({ body }) => {
      const classification = classify(body, body.signedOn ?? chinaDay(clock.now()))
      const answer = toClassificationResponse(classification)
      if (answer === undefined)
        throw invalidField('#/signedOn', 'before_rules', 'is before the first rules, 2001-07-18')
      return { body: answer }
    },
  })
}

/** Browsers name text/html first; programs that take anything get JSON. */
function prefersPage(accept: string): boolean {
  const html = accept.indexOf('text/html')
  const json = accept.indexOf('application/json')
  return html >= 0 && (json < 0 || html < json)
}
