import { describe, expect, it } from 'vitest'
import type { FailedJob } from '../../../src/ports/job-queue.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()

async function deadLetters(count: number): Promise<void> {
  await harness.database.pool.query(
    `insert into outbox_events (id, type, version, data, occurred_at, attempts, dead_at, last_error)
     select gen_random_uuid(), 'probe.counted', 1, '{}', now(), 10, now(), 'no subscription reads it'
     from generate_series(1, $1)`,
    [count],
  )
}

const audited = async (action: string) =>
  (await harness.database.pool.query('select facts from audit_entries where action = $1', [action])).rows

describe('/v1/dead-letters', () => {
  it('pages, replays with new attempts, discards, and leaves an audit row for each', async () => {
    await harness.reset()
    await deadLetters(3)
    const operator = await harness.as('operator')
    const first = (await operator.get('/v1/dead-letters?limit=2')).json()
    expect(first.data[0]).toMatchObject({ type: 'probe.counted', attempts: 10, lastError: 'no subscription reads it' })
    const cursor = encodeURIComponent(first.page.nextCursor)
    const second = (await operator.get(`/v1/dead-letters?limit=2&cursor=${cursor}`)).json()
    expect([first.data.length, second.data.length, second.page.hasMore]).toEqual([2, 1, false])

    const [one, two] = first.data.map(({ id }: { id: string }) => id)
    const replay = () => operator.post('/v1/dead-letters/replays', { ids: [one] })
    expect((await replay()).json()).toEqual({ count: 1 })
    expect((await replay()).json()).toEqual({ count: 0 })
    expect((await operator.post('/v1/dead-letters/discards', { ids: [two] })).json()).toEqual({ count: 1 })
    const { outbox } = (await operator.get('/v1/queues')).json()
    expect(outbox).toMatchObject({ open: 1, dead: 1 })
    expect(await audited('dead_letters.replayed')).toHaveLength(2)
    expect(await audited('dead_letters.discarded')).toEqual([{ facts: { ids: [two], count: 1 } }])
  })

  it('refuses ids of other things and lists without end', async () => {
    const operator = await harness.as('operator')
    expectProblem(await operator.post('/v1/dead-letters/replays', { ids: ['sup_1'] }), 'VALIDATION_FAILED')
    expectProblem(await operator.post('/v1/dead-letters/replays', { ids: [] }), 'VALIDATION_FAILED')
  })
})

describe('/v1/queues', () => {
  it('tells of every queue and its failed jobs, runs them again and forgets them', async () => {
    const failed: FailedJob = {
      ...{ id: '7', queue: 'matching', name: 'matching.match-listing', payload: { listingId: 'sup_1' } },
      ...{ attempts: 5, reason: 'database error 57014', failedAt: new Date('2026-03-02T01:00:00Z') },
    }
    const asked: unknown[] = []
    const answering =
      <T>(answer: T) =>
      async (...args: unknown[]) => {
        asked.push(args)
        return answer
      }
    Object.assign(harness.deps.jobs, {
      ...{ listFailed: answering([failed]), retryFailed: answering(1), discardFailed: answering(1) },
    })
    const operator = await harness.as('operator')
    const { data } = (await operator.get('/v1/queues')).json()
    expect(data.map(({ queue }: { queue: string }) => queue)).toEqual(
      expect.arrayContaining(['matching', 'search', 'mail']),
    )
    const list = await operator.get('/v1/queues/matching/failed-jobs?limit=5')
    expect(list.json().data).toEqual([{ ...failed, failedAt: '2026-03-02T01:00:00.000Z' }])
    for (const act of ['retries', 'discards']) {
      const response = await operator.post(`/v1/queues/matching/failed-jobs/${act}`, { ids: ['7'] })
      expect(response.json()).toEqual({ count: 1 })
    }
    expect(asked).toEqual([
      ['matching', 5],
      ['matching', ['7']],
      ['matching', ['7']],
    ])
    expect(await audited('failed_jobs.retried')).toEqual([{ facts: { ids: ['7'], count: 1 } }])
  })

  it('knows no other queue', async () => {
    const operator = await harness.as('operator')
    expectProblem(await operator.get('/v1/queues/nothing/failed-jobs'), 'NOT_FOUND')
  })

  it.each(['owner', 'member', 'broker'] as const)('is closed to a user of role %s', async (role) => {
    const user = await harness.as(role)
    for (const path of ['/v1/queues', '/v1/dead-letters', '/v1/queues/matching/failed-jobs']) {
      expectProblem(await user.get(path), 'FORBIDDEN')
    }
    expectProblem(await harness.client.get('/v1/queues'), 'UNAUTHENTICATED')
  })
})
