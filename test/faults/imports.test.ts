import { expect, it } from 'vitest'
import { seededRandom } from '../bench/synthetic-listings.ts'
import { csvOf } from '../modules/imports/files.ts'
import { useHarness } from '../support/harness.ts'
import { importUnderKills } from './import-under-kills.ts'
import { sized } from './size.ts'

const harness = useHarness()
const { ROWS, KILLS } = sized({ short: { ROWS: 2_500, KILLS: 2 }, long: { ROWS: 100_000, KILLS: 10 } })

/** Every tenth row has the id of the row before it, every hundredth a field that nobody knows. */
function fileOf(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, index) => [
    `A-${index % 10 === 9 ? index - 1 : index}`,
    `高真空压铸技术${index}号`,
    index % 100 === 50 ? '新材科' : '新材料',
    '面向壳体的压铸。',
    '普通许可',
    '7',
    '面议',
  ])
  return csvOf([['外部编号', '成果名称', '技术领域', '详细描述', '合作方式', '成熟度', '价格'], ...rows])
}

it(`FT-7: an import of ${ROWS} rows whose worker is killed ${KILLS} times has each good row once and a complete report`, async () => {
  await harness.given.market({ publishOnSubmit: true })
  const user = await harness.as(await harness.given.organisation({ kind: 'university' }))
  const query = { kind: 'supply', mode: 'upsert', submit: 'true' }
  const sent = await user.post('/v1/imports', fileOf(), { query, headers: { 'content-type': 'text/csv' } })
  const { pool, url } = harness.database
  const seed = Date.now() % 1_000_000
  const killedAt = await importUnderKills({
    ...{ url, pool, importId: sent.json().id, rows: ROWS, kills: KILLS, random: seededRandom(seed) },
  })
  const what = `seed ${seed}, killed after ${killedAt} rows`
  process.stdout.write(`FT-7: ${what}\n`)
  expect(killedAt.filter((done) => done < ROWS).length, `kills before the end; ${what}`).toBe(KILLS)

  const doubled = ROWS / 10
  const bad = ROWS / 100
  const good = ROWS - doubled - bad
  const done = (await user.get(`/v1/imports/${sent.json().id}`)).json()
  expect(done, what).toMatchObject({
    ...{ state: 'finished', counts: { created: good, updated: 0, unchanged: 0, failed: doubled + bad } },
    progress: { processed: ROWS, total: ROWS },
  })
  const { rows } = await pool.query(`
    select (select count(*)::int from listings) as listings,
      (select count(distinct external_id)::int from listings) as ids,
      (select count(*)::int from listing_changes where action = 'publish') as publications,
      (select count(*)::int from outbox_events where type = 'listing.published') as events,
      (select count(*)::int from import_rows) as told,
      (select count(*)::int from import_chunks) as waiting,
      (select count(*)::int from import_rows where (listing_id is null) <> (status = 'failed')) as unsettled`)
  expect(rows[0], what).toEqual({
    listings: good,
    ids: good,
    publications: good,
    events: good,
    told: ROWS,
    waiting: 0,
    unsettled: 0,
  })
})
