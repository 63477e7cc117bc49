import { beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../../src/db/client.ts'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { resumeImports } from '../../../src/modules/imports/resume-imports.ts'
import { runImport } from '../../../src/modules/imports/run-import.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'
import { csvOf, inlineCell, rawXlsx, workbookOf, xlsxOf } from './files.ts'

const harness = useHarness()
const header = ['外部编号', '成果名称', '技术领域', '详细描述', '合作方式', '成熟度', '价格（万元）']
const row = (number: number, change: Record<string, string> = {}) =>
  Object.values({
    ...{ id: `A-${number}`, title: `高真空压铸技术${number}号`, field: '新材料', text: '面向壳体的压铸。' },
    ...{ mode: '普通许可', trl: '7', price: '面议', ...change },
  })
let owner: Principal
let user: HttpClient

beforeEach(async () => {
  await harness.reset()
  await harness.given.market({ publishOnSubmit: true })
  owner = await harness.given.organisation({ kind: 'university' })
  user = await harness.as(owner)
})

const start = async (file: Buffer, query: Record<string, string> = {}, type = 'text/csv') => {
  const sent = await user.post('/v1/imports', file, {
    ...{ query: { kind: 'supply', mode: 'upsert', ...query }, headers: { 'content-type': type } },
  })
  expect(sent.statusCode, sent.body).toBe(202)
  return sent.json().id as string
}
const importOf = async (id: string) => (await user.get(`/v1/imports/${id}`)).json()
const send = async (...sent: Parameters<typeof start>) => {
  const id = await start(...sent)
  await harness.drain()
  return importOf(id)
}
const rowsOf = async ({ id }: { id: string }, status?: string) =>
  (await user.get(`/v1/imports/${id}/rows`, { query: { limit: '100', ...(status && { status }) } })).json().data
const stored = async () =>
  (await harness.database.pool.query('select external_id, title, state, version from listings order by external_id'))
    .rows

describe('an import', () => {
  it('brings every good row in, on the market where it publishes at once, and lists the bad ones', async () => {
    const bad = [
      row(3, { price: '50万美元' }),
      row(4, { field: '新材科' }),
      row(5, { title: '短' }),
      row(6, { text: '' }),
    ]
    const done = await send(csvOf([header, row(1), row(2), ...bad]), { submit: 'true' })
    expect(done).toMatchObject({
      ...{ state: 'finished', encoding: 'utf-8', counts: { created: 2, updated: 0, unchanged: 0, failed: 4 } },
      progress: { processed: 6, total: 6, secondsLeft: 0 },
    })
    expect(await stored()).toEqual(
      [1, 2].map((number) => ({
        ...{ external_id: `A-${number}`, title: `高真空压铸技术${number}号`, state: 'published', version: 3 },
      })),
    )
    expect(
      (await rowsOf(done, 'failed')).map(({ rowNumber, errors }: { rowNumber: number; errors: unknown[] }) => [
        rowNumber,
        errors[0],
      ]),
    ).toMatchObject([
      [4, { column: '价格（万元）', field: 'price', code: 'amount_unit' }],
      [5, { column: '技术领域', field: 'fields', code: 'unknown_code' }],
      [6, { column: '成果名称', field: 'title', code: 'too_small' }],
      [7, { column: '详细描述', field: 'description', code: 'required_for_publication' }],
    ])
    const found = await user.get('/v1/search', { query: { q: '高真空压铸' } })
    expect(found.json().estimatedTotal).toBe(2)
  })

  it('tells of the whole and not of each row, and writes history and events as the single verbs do', async () => {
    await send(csvOf([header, row(1)]), { submit: 'true' })
    const told = (await user.get('/v1/notifications')).json().data
    expect(told.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['import.finished', 'organisation.verified'])
    const { rows } = await harness.database.pool.query('select action, version from listing_changes order by version')
    expect(rows.map(({ action, version }) => [action, version])).toEqual([
      ['create', 1],
      ['submit', 2],
      ['publish', 3],
    ])
  })

  it('changes nothing when the same file comes again, and only what differs when it was corrected', async () => {
    await send(csvOf([header, row(1), row(2)]))
    const before = await stored()
    expect((await send(csvOf([header, row(1), row(2)]))).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    expect(await stored()).toEqual(before)
    const again = await send(csvOf([header, row(1), row(2, { title: '真空压铸技术改进型' })]))
    expect(again.counts).toMatchObject({ updated: 1, unchanged: 1 })
    expect((await stored())[1]).toMatchObject({ title: '真空压铸技术改进型', version: 2 })
  })

  it('says in a dry run what would happen, and stores nothing of it', async () => {
    await send(csvOf([header, row(1)]))
    const done = await send(csvOf([header, row(1, { title: '真空压铸技术改进型' }), row(2), row(3, { trl: '12' })]), {
      mode: 'dry_run',
    })
    expect(done.counts).toEqual({ created: 1, updated: 1, unchanged: 0, failed: 1 })
    expect(await stored()).toHaveLength(1)
    expect((await stored())[0]).toMatchObject({ version: 1 })
  })

  it('refuses what is there already when it may only create', async () => {
    await send(csvOf([header, row(1)]))
    const done = await send(csvOf([header, row(1), row(2, { id: '' })]), { mode: 'create_only' })
    expect(done.counts).toMatchObject({ created: 1, failed: 1 })
    expect((await rowsOf(done, 'failed'))[0].errors[0]).toMatchObject({ code: 'external_id_taken' })
  })

  it('takes the first of two rows with one external id, and needs an id to be sent again', async () => {
    const done = await send(csvOf([header, row(1), row(1, { title: '另一个标题在此' }), row(2, { id: '' })]))
    expect((await rowsOf(done, 'failed')).map(({ errors }: { errors: { code: string }[] }) => errors[0]?.code)).toEqual(
      [...['duplicate_in_file', 'external_id_required']],
    )
    expect(await stored()).toMatchObject([{ title: '高真空压铸技术1号' }])
  })

  it('shows what it read where that is not what stands there', async () => {
    const done = await send(csvOf([header, row(1, { price: '50-80' })]), { mode: 'dry_run' })
    expect((await rowsOf(done))[0].readings).toEqual([
      { column: '技术领域', text: '新材料', readAs: 'new-materials' },
      { column: '合作方式', text: '普通许可', readAs: 'ordinary_licence' },
      { column: '价格（万元）', text: '50-80', readAs: '500,000 – 800,000 元' },
    ])
  })

  it('reads a list that goes on in a second sheet, and tells the rows of the two apart', async () => {
    const file = await workbookOf([
      { name: '数据', rows: [header, row(1)] },
      { name: '数据 (2)', rows: [header, row(2), row(1)] },
      { name: '说明', rows: [['列', '填写方法']] },
    ])
    const done = await send(file)
    expect(done).toMatchObject({
      counts: { created: 2, failed: 1 },
      sheets: [
        { name: '数据', rows: 1, state: 'read' },
        { name: '数据 (2)', rows: 2, state: 'read' },
        { name: '说明', rows: 0, state: 'other_header' },
      ],
    })
    expect(await rowsOf(done)).toMatchObject([
      { rowNumber: 2, externalId: 'A-1' },
      { rowNumber: 2, externalId: 'A-2', sheet: '数据 (2)' },
      {
        rowNumber: 3,
        sheet: '数据 (2)',
        errors: [{ code: 'duplicate_in_file', message: 'has the same external id as row 2 of the first sheet' }],
      },
    ])
  })

  it('leaves nothing of a file that is broken at its end', async () => {
    const done = await send(Buffer.concat([csvOf([header, row(1), row(2)]), Buffer.from('\r\n"A-3,broken')]))
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'CSV_BROKEN' }, progress: { processed: 0 } })
    expect([await stored(), await rowsOf(done)]).toEqual([[], []])
  })

  it('reads XLSX and NDJSON by the same rules', async () => {
    const xlsx = await xlsxOf([header, row(1), [...row(2).slice(0, 5), 7, { formula: '1+1', result: 2 }]])
    const sheet = await send(xlsx, {}, 'application/octet-stream')
    expect(sheet).toMatchObject({ format: 'xlsx', counts: { created: 1, failed: 1 } })
    expect((await rowsOf(sheet, 'failed'))[0].errors[0]).toMatchObject({ column: '价格（万元）', code: 'formula' })
    const body = {
      externalId: 'B-1',
      title: '等离子体焊接技术',
      fields: ['new-materials'],
      confidentialDetail: '只给自己看',
    }
    const lines = [body, { ...body, externalId: 'B-2', colour: 'red' }].map((line) => JSON.stringify(line)).join('\n')
    expect((await send(Buffer.from(lines), {}, 'application/x-ndjson')).counts).toMatchObject({ created: 1, failed: 1 })
  })
})

/** A database whose statements pass through `change` first. */
function databaseWith(change: (args: unknown[]) => unknown[]): Db {
  const connect = async () => {
    const connection = await harness.database.pool.connect()
    return new Proxy(connection, {
      get: (target, key) => {
        if (key !== 'query') return Reflect.get(target, key)
        return (...args: unknown[]) => {
          const answered = args.filter((arg) => typeof arg === 'function')
          return Reflect.apply(target.query, target, [
            ...change(args.slice(0, args.length - answered.length)),
            ...answered,
          ])
        }
      },
    })
  }
  return Object.assign(Object.create(harness.database.db), { $client: { connect } }) as Db
}

/** One that dies in the transaction of the n-th chunk from now, after its rows were written. */
function dyingAt(chunk: number): Db {
  let left = chunk
  return databaseWith((args) => {
    if (args[0] === 'commit') left -= 1
    if (args[0] === 'commit' && left === 0) throw new Error('killed')
    return args
  })
}

describe('a row that the rules let pass and the database does not', () => {
  it('fails alone, with its cells in the error file, and the rows around it are stored', async () => {
    const rows = [1, 2, 3, 4].map((number) => row(number, { title: `压铸技术${'甲乙丙丁'[number - 1]}号` }))
    const id = await start(csvOf([header, ...rows]))
    const db = databaseWith((args) => {
      const isRefused = JSON.stringify(args).includes('insert into') && JSON.stringify(args[1] ?? '').includes('乙号')
      return isRefused ? ['select 1 / 0'] : args
    })
    await runImport({ ...harness.deps, db }, { importId: id as never })
    expect(await importOf(id)).toMatchObject({ state: 'finished', counts: { created: 3, failed: 1 } })
    expect(await rowsOf({ id }, 'failed')).toMatchObject([{ rowNumber: 3, errors: [{ code: 'internal' }] }])
    expect((await user.get(`/v1/imports/${id}/error-file`)).body).toContain('压铸技术乙号')
    const left = await harness.database.pool.query('select from import_chunks')
    expect([left.rowCount, await stored()]).toMatchObject([0, [{}, {}, {}]])
  })
})

describe('a file that cannot be taken', () => {
  const headed = (header: string) => `<row r="1">${inlineCell('A1', '成果名称')}${inlineCell('B1', header)}</row>`
  it.each([
    ['NUL', () => rawXlsx(headed('a_x0000_b'))],
    ['half a character', () => rawXlsx(headed('_xD800_'))],
    ['70,000 characters', async () => csvOf([['成果名称', 'x'.repeat(70_000)]])],
  ])('because its header has %s comes to an end that says so', async (_name, make) => {
    const file = await make()
    const done = await send(file, {}, 'application/octet-stream')
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'HEADER_FORM' } })
    expect(done.failure.message).toMatch(/^The header of column 2 /)
  })

  it('because the database refuses what was read comes to an end, too', async () => {
    const id = await start(csvOf([header, row(1)]))
    const db = databaseWith((args) =>
      /insert into .*import_chunks/.test(JSON.stringify(args)) ? ['select 1 / 0'] : args,
    )
    await runImport({ ...harness.deps, db }, { importId: id as never })
    expect(await importOf(id)).toMatchObject({ state: 'failed', failure: { code: 'NOT_STORABLE' } })
  })

  it('does not keep others waiting that are to be resumed', async () => {
    const [bad, good] = [await start(csvOf([header, row(1)])), await start(csvOf([header, row(2)]))]
    const db = databaseWith((args) => {
      if (JSON.stringify(args).includes(idToUuid(bad as never))) throw new Error('a bug')
      return args
    })
    harness.clock.advance('5m')
    await expect(resumeImports({ ...harness.deps, db })).rejects.toThrow('1 imports failed again')
    expect(await importOf(good)).toMatchObject({ state: 'finished', counts: { created: 1 } })
  })

  it('says what is missing in words', async () => {
    const done = await send(
      csvOf([
        ['外部编号', '成果名称'],
        ['A-1', '高真空压铸技术'],
      ]),
    )
    expect((await rowsOf(done, 'failed'))[0].errors).toEqual([
      { field: 'fields', code: 'required', message: 'is needed; the file has no column 技术领域' },
    ])
    const empty = await send(
      csvOf([
        ['外部编号', '成果名称', '技术领域'],
        ['A-1', '高真空压铸技术', ''],
      ]),
    )
    expect((await rowsOf(empty, 'failed'))[0].errors).toEqual([
      { column: '技术领域', field: 'fields', code: 'required', message: 'is empty, and needed' },
    ])
  })
})

describe('a killed worker', () => {
  it('loses nothing and doubles nothing: another goes on behind the last complete chunk', async () => {
    const rows = Array.from({ length: 1_200 }, (_, number) => row(number))
    const id = await start(csvOf([header, ...rows]))
    for (const chunk of [1, 3, 2, 1]) {
      await expect(runImport({ ...harness.deps, db: dyingAt(chunk) }, { importId: id as never })).rejects.toThrow(
        'killed',
      )
    }
    harness.clock.advance('5m')
    await resumeImports(harness.deps)
    expect(await importOf(id)).toMatchObject({ state: 'finished', counts: { created: 1_200, failed: 0 } })
    const { rows: counted } = await harness.database.pool.query(
      `select count(*)::int as count, count(distinct external_id)::int as "externalIds",
        (select count(*)::int from listing_changes) as changes from listings`,
    )
    expect(counted).toEqual([{ count: 1_200, externalIds: 1_200, changes: 1_200 }])
    await runImport(harness.deps, { importId: id as never })
    expect((await importOf(id)).counts.created).toBe(1_200)
  })
})
