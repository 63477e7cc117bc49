import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { isInForce, type NdaText, ndaTexts } from './domain/nda.ts'
import { exampleSigned } from './examples.ts'
import { ndaHash } from './nda-hash.ts'
import { toIntroductionResponse } from './present.ts'
import { readIntroduction } from './read-introduction.ts'
import { introductionResponse, ndaTextsResponse, signNdaBody } from './schemas.ts'
import { signNda } from './sign-nda.ts'

const tag = 'Introductions'

/** The words that both sides sign before they read each other's confidential detail. */
export function ndaRoutes(api: Api, deps: { clock: Clock; vault: Vault }): void {
  api.get('/v1/nda-texts', {
    operationId: 'listNdaTexts',
    summary: 'List the non-disclosure texts, also those that are no longer signed',
    tag,
    permission: 'introduction.read',
    response: ndaTextsResponse,
    example: { response: { data: ndaTexts.map((text) => toNdaTextResponse(text, '2026-11-20')) } },
    handle: async () => {
      const today = chinaDay(deps.clock.now())
      return { body: { data: ndaTexts.map((text) => toNdaTextResponse(text, today)) } }
    },
  })
  api.post('/v1/introductions/:id/nda', {
    operationId: 'signIntroductionNda',
    summary: 'Sign the non-disclosure text for your side',
    description:
      'After both sides have accepted. Text version, its hash, signer and time are kept. When both have signed, each side may read the confidential detail of the other’s listing until the introduction ends or the owner takes the right back.',
    tag,
    permission: 'introduction.take_part',
    params: z.object({ id: idSchema('introduction') }),
    body: signNdaBody,
    response: introductionResponse,
    errors: ['ALREADY_EXISTS', 'TRANSITION_NOT_ALLOWED'],
    example: { body: { textVersion: '2026-01' }, response: exampleSigned },
    handle: async ({ db, actor, params: { id }, body: { textVersion } }) => {
      await signNda({ ...deps, db }, actor, { id, textVersion })
      const view = await readIntroduction({ ...deps, db }, actor, id)
      return { body: toIntroductionResponse(view), etag: etagOf(view.introduction.version) }
    },
  })
}

function toNdaTextResponse(ndaText: NdaText, day: string) {
  const { version, title, zh, en, from, to } = ndaText
  return { version, title, text: { zh, en }, from, to, isInForce: isInForce(ndaText, day), sha256: ndaHash(ndaText) }
}
