import type { AddressInfo } from 'node:net'
import { beforeAll, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { useHarness } from '../../support/harness.ts'
import { csvOf } from './files.ts'

const harness = useHarness()
let origin = ''
let owner: Principal

beforeAll(async () => {
  await harness.app.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(harness.app.server.address() as AddressInfo).port}`
  await harness.given.market({ publishOnSubmit: true })
  owner = await harness.given.organisation({ kind: 'university' })
})

const start = async () => {
  const user = await harness.as(owner)
  const rows = Array.from({ length: 1_200 }, (_, index) => [`A-${index}`, `高真空压铸技术${index}号`, '新材料'])
  const options = { query: { kind: 'supply', mode: 'upsert' }, headers: { 'content-type': 'text/csv' } }
  const sent = await user.post('/v1/imports', csvOf([['外部编号', '成果名称', '技术领域'], ...rows]), options)
  return { id: sent.json().id as string, user, token: await harness.tokenOf(owner) }
}

it('an import is followed from its beginning to its end, and resumed without what was seen', async () => {
  const { id, token } = await start()
  const address = `${origin}/v1/imports/${id}/stream`
  const stream = await openEventStream(address, { token })
  const [ready] = await stream.until('ready')
  expect(ready?.data).toMatchObject({ id, state: 'queued', progress: { processed: 0, total: null } })
  await harness.drain()
  const [ended] = await stream.until('ended')
  expect(ended).toMatchObject({ id: '1202', data: { state: 'finished', progress: { processed: 1_200, total: 1_200 } } })
  await stream.ended
  const numbers = stream.ids('progress')
  expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
  expect((await openEventStream(address, { token, lastEventId: 1_202 })).status).toBe(204)
})

it('an import that is cancelled ends its stream, and others have none', async () => {
  const { id, user, token } = await start()
  const address = `${origin}/v1/imports/${id}/stream`
  const stream = await openEventStream(address, { token })
  await stream.until('ready')
  await user.post(`/v1/imports/${id}/cancel`)
  expect((await stream.until('ended'))[0]?.data).toMatchObject({ state: 'cancelled' })
  await stream.ended
  const stranger = await harness.tokenOf(await harness.given.organisation())
  expect((await openEventStream(address, { token: stranger })).status).toBe(404)
})
