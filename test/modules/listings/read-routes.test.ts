import { describe, expect, it } from 'vitest'
import { expectProblem } from '../../support/http.ts'
import { allKinds } from './kinds.ts'
import { useListingApi } from './listing-api.ts'

const api = useListingApi()
const { place } = api
type ListAnswer = { data: { id: string }[]; page: { nextCursor: string | null; hasMore: boolean } }

describe.each(allKinds.map((definition) => [definition.path, definition] as const))(
  'GET /v1/%s',
  (path, definition) => {
    const url = `/v1/${path}`

    it('pages through the public list to its end, with the cursor of the same filters only', async () => {
      const by = await place.given.organisation({ kind: definition.owners[0] })
      const made: string[] = []
      for (let n = 0; n < 5; n += 1) made.unshift((await place.given.published(definition, { by })).listing.id)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const { data, page }: ListAnswer = (await api.as().get(`${url}?limit=2&market=ningbo${after}`)).json()
        seen.push(...data.map(({ id }) => id))
        expect(page.hasMore).toBe(page.nextCursor !== null)
        if (cursor === null)
          expectProblem(await api.as().get(`${url}?limit=2&cursor=${page.nextCursor}`), 'CURSOR_INVALID')
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(made)
    })

    it('refuses unknown parameters, foreign codes and limits out of range, all at once', async () => {
      const problem = expectProblem(
        await api.as().get(`${url}?limit=101&feild=x&field=material&region=3&state=red&mine=yes`),
        'VALIDATION_FAILED',
      )
      expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual(
        ['#/limit', '#/feild', '#/field', '#/region', '#/state', '#/mine'].sort(),
      )
    })

    it('answers 401 and 403 where a list is not for everybody', async () => {
      expectProblem(await api.as().get(`${url}?mine=true`), 'UNAUTHENTICATED')
      expectProblem(await api.as().get(`${url}?state=submitted`), 'UNAUTHENTICATED')
      const owner = await place.given.organisation()
      expectProblem(await api.as(owner).get(`${url}?state=submitted`), 'FORBIDDEN')
      expect((await api.as(owner).get(`${url}?mine=true`)).statusCode).toBe(200)
    })
  },
)
