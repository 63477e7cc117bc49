import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { decodeXlsxText, encodeXlsxText } from '../../../src/modules/imports/domain/xlsx-text.ts'
import { openFile } from '../../../src/modules/imports/open-file.ts'
import { xlsxType } from '../../../src/modules/imports/schemas.ts'
import type { Listing } from '../../../src/modules/listings/index.ts'
import { readListing } from '../../../src/modules/listings/read-listing.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'

const harness = useHarness()
let owner: Principal
let user: HttpClient
let made: Listing[]

/** What spreadsheets, XML and CSV each have their own idea of. */
const nasty = {
  title: '=HYPERLINK("http://x","压铸")',
  summary: '\'+1；"引号", 逗号\t制表',
  description: '第一行\r\n第二行 <b>&lt;&amp;</b> _x000D_ \u0007\u{1F680} -2+3',
  keywords: ['=1+1', '一；二', '[x]'],
}
const full = {
  confidentialDetail: '-机密：温度曲线',
  contact: { name: '@王工', phone: '+86 574 1234' },
  inventors: ['张三', '李四'],
  ipRights: [{ type: 'invention', number: '201710601862.3', legalState: 'granted' }],
  priceMode: 'range',
  priceMinFen: 12_345_678,
  priceMaxFen: 90_000_000,
  advantages: [{ claim: '能耗降低30%', comparison: '相比传统' }],
  validUntil: '2027-05-06',
}

beforeAll(async () => {
  await harness.given.market({ publishOnSubmit: true })
  owner = await harness.given.organisation({ kind: 'university' })
  user = await harness.as(owner)
  made = []
  for (const fields of [{ externalId: '=A-1', ...nasty, ...full }, { externalId: 'A-2' }]) {
    made.push((await harness.given.publishedSupply({ by: owner, ...fields })).listing)
  }
})

const download = (client: HttpClient, query: Record<string, string>) =>
  client.get('/v1/exports/listings', { query: { kind: 'supply', ...query } })
const upload = async (client: HttpClient, file: Buffer, { type = 'text/csv', mode = 'upsert' } = {}) => {
  const query = { kind: 'supply', mode, submit: 'true' }
  const sent = await client.post('/v1/imports', file, { query, headers: { 'content-type': type } })
  await harness.drain()
  return (await client.get(`/v1/imports/${sent.json().id}`)).json()
}

/** What its owner wrote, without what the server sets. */
async function writtenOf(by: Principal, id: Listing['id']) {
  const { listing, confidential } = await readListing(harness.deps, by, id)
  const { market, content, details } = listing
  return JSON.parse(JSON.stringify({ market, content, details, confidential }))
}

async function listingsOf(client: HttpClient): Promise<{ id: Listing['id']; title: string }[]> {
  return (await client.get('/v1/supplies', { query: { mine: 'true' } })).json().data
}

describe.each([
  ['csv', 'text/csv'],
  ['xlsx', xlsxType],
] as const)('own listings as %s', (format, type) => {
  it('come back as they were: sent back nothing changes, sent elsewhere they are the same', async () => {
    const file = await download(user, { mine: 'true', confidential: 'true', format })
    expect(file.statusCode, file.body).toBe(200)
    expect(file.headers['content-disposition']).toContain(`.${format}`)
    expect(await upload(user, file.rawPayload, { type })).toMatchObject({
      counts: { created: 0, updated: 0, unchanged: 2, failed: 0 },
    })
    const other = await harness.given.organisation({ kind: 'university' })
    const there = await harness.as(other)
    const done = await upload(there, file.rawPayload, { type })
    expect(done).toMatchObject({ counts: { created: 2, failed: 0 } })
    for (const { id, title } of await listingsOf(there)) {
      const original = made.find(({ content }) => content.title === title)
      expect(await writtenOf(other, id)).toEqual(await writtenOf(owner, original?.id ?? id))
      expect(original?.id).not.toBe(id)
    }
  })

  it('hold no cell that a program would compute', async () => {
    const { rawPayload } = await download(user, { mine: 'true', confidential: 'true', format })
    const { rows } = await openFile(format, rawPayload)
    for await (const { cells } of rows) {
      for (const cell of Object.values(cells)) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
    }
  })
})

describe('an export of what others offer', () => {
  it('has the columns of the viewer’s tier and never what is confidential or the owner’s own id', async () => {
    const member = await download(await harness.as(await harness.given.organisation()), {})
    const stranger = await download(harness.client, {})
    for (const { body, statusCode } of [member, stranger]) {
      expect(statusCode).toBe(200)
      expect(body).not.toMatch(/机密|王工|A-2|外部编号/)
    }
    expect(member.body).toContain('详细描述')
    expect(stranger.body).not.toContain('详细描述')
    expect(stranger.body).not.toContain('第二行')
  })

  it('makes the same listings of a market elsewhere', async () => {
    const file = await download(await harness.as(await harness.given.organisation()), { market: 'ningbo' })
    const other = await harness.given.organisation({ kind: 'university' })
    const there = await harness.as(other)
    const done = await upload(there, file.rawPayload, { mode: 'create_only' })
    expect(done.counts).toMatchObject({ failed: 0 })
    const [first] = (await listingsOf(there)).filter(({ title }) => title === nasty.title)
    const copy = await writtenOf(other, first?.id ?? ('' as Listing['id']))
    const { externalId: _own, ...content } = (await writtenOf(owner, made[0]?.id ?? ('' as Listing['id']))).content
    expect(copy.content).toEqual(content)
  })

  it('refuses confidential columns and a kind that is none', async () => {
    expect((await download(user, { confidential: 'true' })).statusCode).toBe(403)
    expect((await download(harness.client, { mine: 'true' })).statusCode).toBe(401)
    expect((await download(user, { kind: 'thing' })).statusCode).toBe(400)
  })
})

describe('text in XLSX', () => {
  it('comes back whatever it is', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('_x0041_', '\r', '\0', '\ud800', '&lt;', '_'))
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const stored = encodeXlsxText(text)
        expect(decodeXlsxText(stored)).toBe(text)
        expect([...stored].filter((sign) => sign < ' ' && sign !== '\t' && sign !== '\n')).toEqual([])
      }),
    )
  })
})
