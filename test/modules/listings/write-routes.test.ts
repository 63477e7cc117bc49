import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { ListingKindDefinition } from '../../../src/modules/listings/index.ts'
import { bodyOf } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { allKinds } from './kinds.ts'
import { useListingApi } from './listing-api.ts'

const api = useListingApi()
const { place } = api

describe.each(allKinds.map((definition) => [definition.path, definition] as const))(
  'POST /v1/%s',
  (path, definition) => {
    const url = `/v1/${path}`
    const post = (actor: Principal | undefined, change: Record<string, unknown>, headers = {}) =>
      api.as(actor).post(url, bodyOf(definition, { market: 'ningbo', ...change }), { headers })
    const ownerOf = () => place.given.organisation({ kind: definition.owners[0] })

    it('answers 201 with the draft, its address and its ETag', async () => {
      const owner = await ownerOf()
      const confidential = { confidentialDetail: '内部参数', contact: { name: '王工', email: 'w@example.com' } }
      const response = await post(owner, { ...confidential, externalId: 'A-1' })
      expect(response.statusCode, response.body).toBe(201)
      const listing = response.json()
      expect(listing).toMatchObject({
        ...bodyOf(definition, { market: 'ningbo', ...confidential, externalId: 'A-1' }),
        ...{ kind: definition.kind, state: 'draft', disclosure: 'full', version: 1 },
        organisation: { id: owner.orgId, kind: definition.owners[0] },
        allowedActions: ['edit', 'delete', 'submit'],
      })
      expect(response.headers).toMatchObject({ location: `${url}/${listing.id}`, etag: '"v1"' })
      expect((await api.as(owner).get(`${url}/${listing.id}`)).json()).toEqual(listing)
    })

    it('answers 401 to nobody, 403 to organisations of other kinds, 409 for a taken external id', async () => {
      const owner = await ownerOf()
      expectProblem(await post(undefined, {}), 'UNAUTHENTICATED')
      const wrong = definition.kind === 'finance_product' ? 'enterprise' : 'financial_institution'
      expectProblem(await post(await place.given.organisation({ kind: wrong }), {}), 'FORBIDDEN')
      await post(owner, { externalId: 'A-1' })
      expectProblem(await post(owner, { externalId: 'A-1' }), 'EXTERNAL_ID_TAKEN')
    })

    it('creates one listing per Idempotency-Key, and refuses the key for another body', async () => {
      const owner = await ownerOf()
      const headers = { 'idempotency-key': 'create-once-0001' }
      const [first, again] = [await post(owner, {}, headers), await post(owner, {}, headers)]
      expect(again.body).toBe(first.body)
      expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', location: first.headers.location })
      expectProblem(await post(owner, { title: '另一个标题' }, headers), 'IDEMPOTENCY_KEY_REUSED')
      expect(await place.pool.query('select from listings')).toMatchObject({ rowCount: 1 })
    })

    it('names every wrong field at once, with the nearest valid code or field', async () => {
      const problem = expectProblem(
        await post(await ownerOf(), {
          ...{ title: '短', fields: ['new-material'], region: '990000', ipc: ['Y02E60/10'], titel: 'x' },
          ...{ cooperationModes: ['joint_developement'], indicators: [{ name: '精度', operator: '>=', valeu: 1 }] },
          ...{ contact: { name: '王', mail: 'x' }, validUntil: '2026-13-01', language: 'fr', keywords: ['\ud800'] },
        }),
        'VALIDATION_FAILED',
      )
      const found = new Map(problem.errors?.map(({ pointer, message }) => [pointer, message]))
      expect([...found.keys()].sort()).toEqual(
        [
          ...[
            '#/title',
            '#/fields/0',
            '#/region',
            '#/ipc/0',
            '#/titel',
            '#/cooperationModes/0',
            '#/indicators/0/value',
          ],
          ...['#/indicators/0/valeu', '#/contact/mail', '#/validUntil', '#/language', '#/keywords/0'],
        ].sort(),
      )
      expect(found.get('#/fields/0')).toContain('did you mean "new-materials"?')
      expect(found.get('#/cooperationModes/0')).toContain('did you mean "joint_development"?')
      expect(found.get('#/titel')).toContain('did you mean "title"?')
      expect(found.get('#/indicators/0/valeu')).toContain('did you mean "value"?')
      expect(found.get('#/contact/mail')).toContain('did you mean "email"?')
      expect(found.get('#/keywords/0')).toContain('surrogate')
    })

    it('points at an unknown market', async () => {
      const problem = expectProblem(await post(await ownerOf(), { market: 'atlantis' }), 'VALIDATION_FAILED')
      expect(problem.errors).toMatchObject([{ pointer: '#/market', code: 'unknown_market' }])
    })
  },
)

describe("the kinds' own rules over HTTP", () => {
  const refusal = async (path: string, change: Record<string, unknown>) => {
    const definition = allKinds.find((kind) => kind.path === path)
    if (!definition) throw new Error(path)
    const owner = await place.given.organisation({ kind: definition.owners[0] })
    const body = bodyOf(definition, { market: 'ningbo', ...change })
    const problem = expectProblem(await api.as(owner).post(`/v1/${path}`, body), 'VALIDATION_FAILED')
    return problem.errors?.map(({ pointer, message }) => `${pointer}: ${message}`)
  }
  const patent = { type: 'invention', legalState: 'granted', number: '201710601862.4' }

  it.each([
    ['supplies', { ipRights: [patent] }, [/^#\/ipRights\/0\/number: .*check digit/]],
    [
      'supplies',
      { ipRights: ['201710601862.3', 'CN2017106018623'].map((number) => ({ ...patent, number })) },
      [/^#\/ipRights: names the same number twice/],
    ],
    ['supplies', { ipRights: [{ ...patent, type: 'inventon' }] }, [/^#\/ipRights\/0\/type: .*"invention"/]],
    ['supplies', { ipRights: [{ type: 'software', legalState: 'valid' }] }, [/^#\/ipRights\/0\/legalState/]],
    ['supplies', { priceMode: 'fixed', priceMinFen: null }, [/^#\/priceMinFen: a fixed price needs an amount/]],
    ['supplies', { priceMinFen: 1.5 }, [/^#\/priceMinFen: .*fen/]],
    ['supplies', { trl: 10 }, [/^#\/trl/]],
    ['supplies', { attachments: [{ name: 'a', sha256: 'x', sizeBytes: 1, mediaType: 'a/b' }] }, [/sha256: .*64 hex/]],
    ['supplies', { indicators: [{ name: 'x', operator: 'range', value: 5, valueMax: 4 }] }, [/valueMax: a range/]],
    ['demands', { trlMin: 8, trlMax: 5 }, [/^#\/trlMax: must not be below trlMin/]],
    ['demands', { budgetMinFen: 3, budgetMaxFen: 2 }, [/^#\/budgetMaxFen: must not be below/]],
    ['demands', { elements: { materiel: '钢' } }, [/^#\/elements\/materiel: .*"material"/]],
    ['finance-products', { productKind: 'ip_pledge' }, [/^#\/productKind: .*did you mean "ip_pledge_loan"/]],
    ['finance-products', { rate: { kind: 'fixed' } }, [/^#\/rate: a fixed rate needs percent/]],
    [
      'finance-products',
      { riskShares: [{ party: 'bank', percent: 33.333 }] },
      [/^#\/riskShares\/0\/percent: must have two decimals/],
    ],
    ['finance-products', { termMonthsMin: 37 }, [/^#\/termMonthsMax: must not be below/]],
  ])('%s: %j', async (path, change, messages) => {
    expect(await refusal(path, change)).toEqual(messages.map((message) => expect.stringMatching(message)))
  })

  it('stores a patent number and an IPC symbol in their one spelling', async () => {
    const owner = await place.given.organisation({ kind: 'university' })
    const definition = allKinds[0] as ListingKindDefinition
    const spelled = { ipRights: [{ ...patent, number: 'ZL 201710601862.3' }], ipc: ['b22d 17/22'] }
    const body = bodyOf(definition, { market: 'ningbo', ...spelled })
    const response = await api.as(owner).post('/v1/supplies', body)
    expect(response.json()).toMatchObject({ ipRights: [{ number: '201710601862.3' }], ipc: ['B22D17/22'] })
  })
})
