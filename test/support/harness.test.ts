import { expect, it } from 'vitest'
import { useHarness } from './harness.ts'
import { expectProblem } from './http.ts'

const harness = useHarness()

it('serves the whole product and signs in anybody that was made', async () => {
  for (const role of ['owner', 'member', 'broker', 'operator'] as const) {
    const me = (await (await harness.as(role)).get('/v1/me')).json()
    expect(me).toMatchObject({ user: { role } })
  }
  expectProblem(await harness.client.get('/v1/me'), 'UNAUTHENTICATED')
})

it('runs what follows from an event until nothing is left to do', async () => {
  await harness.given.publishedSupply()
  const { owner, listing } = await harness.given.publishedDemand()
  expect(await harness.drain()).toBeGreaterThan(0)
  expect(await harness.drain()).toBe(0)
  const client = await harness.as(owner)
  const found = await client.get(`/v1/search?q=${encodeURIComponent('压铸')}`)
  expect(JSON.stringify(found.json())).toContain(listing.id)
  const matches = await client.get(`/v1/demands/${listing.id}/matches`)
  expect(matches.json().data).toMatchObject([{ demandId: listing.id }])
})

it('begins with an empty database after a reset', async () => {
  await harness.reset()
  const { rows } = await harness.database.pool.query('select count(*)::int as count from listings')
  expect(rows).toEqual([{ count: 0 }])
})
