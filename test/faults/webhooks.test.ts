import { afterAll, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/kernel/clock.ts'
import { sweepDeliveries } from '../../src/modules/webhooks/sweep-deliveries.ts'
import { secretKeyVault } from '../../src/vault/index.ts'
import { type Receiver, receive, unstable } from '../bench/webhook-receivers.ts'
import { announce, givenEndpoint } from '../modules/webhooks/scene.ts'
import { useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { sized } from './size.ts'
import { letLeasesEnd, secretKey, useWorkers } from './workers.ts'

const database = useTestDatabase()
const startWorker = useWorkers()
/** Rests longer than `restSeconds` are cut short; with few messages no endpoint is crowded, so all of them may be. */
const { messages, kills, restSeconds } = sized({
  short: { messages: 4, kills: 1, restSeconds: 1 },
  long: { messages: 200, kills: 5, restSeconds: 60 },
})
const [endpoints, mostAttempts] = [10, 10]
const receivers: Receiver[] = []
afterAll(() => {
  for (const receiver of receivers) receiver.close()
})

it(`FT-6: ${endpoints * messages} webhooks to receivers that fail at random, one that hangs and a sender that is killed`, async () => {
  const { db, pool } = database
  const deps = { db, clock: systemClock, vault: secretKeyVault(secretKey) }
  const failing = unstable()
  const healthy = new Set<string>()
  receivers.push(
    await receive(failing.answer),
    await receive(() => undefined),
    await receive((response, _message, id) => {
      healthy.add(id)
      response.writeHead(204).end()
    }),
  )
  const [failingUrl = '', hangingUrl = '', healthyUrl = ''] = receivers.map(({ url }) => url)
  const made = given({ db, clock: systemClock })
  const organisation = () => made.organisation({ isVerified: false })
  const [many, other, hanging] = [await organisation(), await organisation(), await organisation()]
  for (let n = 0; n < endpoints; n += 1) await givenEndpoint(deps, many, { url: `${failingUrl}${n}` })
  await givenEndpoint(deps, other, { url: healthyUrl })
  await givenEndpoint(deps, hanging, { url: hangingUrl })
  await announce(deps, hanging, 20)
  const ids = await announce(deps, many, messages)
  const healthyIds = await announce(deps, other, messages)

  const start = () => startWorker({ DATABASE_URL: database.url, WEBHOOK_ALLOW_HTTP: 'on' })
  let worker = await start()
  const all = endpoints * messages
  for (let kill = 1; kill <= kills; kill += 1) {
    const share = (all * kill) / (kills + 1)
    await vi.waitUntil(() => letTimePass().then(() => failing.accepted.size >= share), {
      ...{ timeout: 300_000, interval: 1_000 },
    })
    await worker.kill()
    await letLeasesEnd(pool)
    worker = await start()
  }
  await vi.waitUntil(() => letTimePass().then(() => failing.accepted.size >= all && healthy.size >= messages), {
    ...{ timeout: sized({ short: 90_000, long: 900_000 }), interval: 1_000 },
  })
  const expected = Array.from({ length: endpoints }, (_, n) => ids.map((id) => `/${n} ${id}`)).flat()
  expect(new Set(failing.accepted)).toEqual(new Set(expected))
  expect(new Set(failing.attempts.keys())).toEqual(new Set(expected))
  expect(Math.max(...failing.attempts.values())).toBeLessThanOrEqual(mostAttempts)
  expect(healthy).toEqual(new Set(healthyIds))

  /** The long rests between attempts end, and what a dead sender held is found by the sweeper. */
  async function letTimePass(): Promise<void> {
    await pool.query(
      `
      update webhook_endpoints set paused_until = null where url like $1`,
      [`${failingUrl}%`],
    )
    await pool.query(
      `update webhook_deliveries set next_attempt_at = now() - interval '1 hour',
         lease_until = case when lease_until < now() then now() - interval '1 hour' else lease_until end
       where state = 'pending' and attempts > 0
         and (lease_token is null and next_attempt_at > now() + $2 * interval '1 s' or lease_until < now())
         and endpoint_id in (select id from webhook_endpoints where url like $1)`,
      [`${failingUrl}%`, restSeconds],
    )
    await sweepDeliveries(deps)
  }
})
