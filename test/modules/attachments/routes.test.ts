import { beforeAll, describe, expect, it } from 'vitest'
import { withTx } from '../../../src/db/tx.ts'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { attachmentLinks } from '../../../src/modules/attachments/index.ts'
import { sweepAttachments } from '../../../src/modules/attachments/sweep-attachments.ts'
import { grantDisclosure, type Listing } from '../../../src/modules/listings/index.ts'
import { givenAcceptedIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient, HttpResponse } from '../../support/http.ts'
import { bombDocx, docx, lyingDocx, pdf, png, zipOf } from './corpus.ts'

const harness = useHarness()
let owner: Principal
let user: HttpClient
let path: string
let listing: Listing

beforeAll(async () => {
  const made = await harness.given.publishedSupply()
  owner = made.owner
  user = await harness.as(owner)
  listing = made.listing
  path = `/v1/supplies/${listing.id}/attachments`
})

type Sent = { fileName?: string; tier?: string; to?: string; type?: string }
const send = (
  client: HttpClient,
  file: Buffer,
  { fileName = '报告.pdf', tier = 'member', to = path, type }: Sent = {},
) =>
  client.post(to, file, {
    query: { fileName, ...(to.startsWith('/v1/introductions') ? {} : { tier }) },
    headers: { 'content-type': type ?? 'application/octet-stream' },
  })
const link = (client: HttpClient, id: string) => client.post(`/v1/attachments/${id}/links`, { purpose: 'evaluation' })
const fetchBy = (answer: HttpResponse) => harness.client.get(answer.json().url.replace('https://api.example.cn', ''))
const namesFor = async (client: HttpClient) =>
  (await client.get(path)).json().data.map(({ fileName }: { fileName: string }) => fileName)

describe('a file of a listing', () => {
  it('comes back byte for byte by a link, to be saved and never shown', async () => {
    const sent = await send(user, pdf, { fileName: '检测报告 1.pdf' })
    expect(sent.statusCode, sent.body).toBe(201)
    expect(sent.json()).toMatchObject({ mediaType: 'application/pdf', sizeBytes: pdf.length, tier: 'member' })
    const got = await fetchBy(await link(user, sent.json().id))
    expect(got.rawPayload.equals(pdf)).toBe(true)
    expect(got.headers).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
      'content-disposition': expect.stringContaining(
        `attachment; filename="_1.pdf"; filename*=UTF-8''${encodeURIComponent('检测报告 1.pdf')}`,
      ),
    })
    const again = await send(user, pdf, { fileName: '检测报告 1.pdf' })
    expect([again.statusCode, again.json().id]).toEqual([200, sent.json().id])
  })

  it('is shown and given by its tier alone, and a confidential one with a row in the owner’s log', async () => {
    const ids: Record<string, string> = {}
    for (const tier of ['public', 'member', 'confidential']) {
      ids[tier] = (await send(user, await docx({ tier }), { fileName: `${tier}.docx`, tier })).json().id
    }
    const reader = await harness.given.organisation()
    const [member, stranger] = [await harness.as(reader), harness.client]
    expect(await namesFor(stranger)).toEqual(['public.docx'])
    expect(await namesFor(member)).toEqual(expect.arrayContaining(['public.docx', 'member.docx']))
    expect(await namesFor(member)).not.toContain('confidential.docx')
    expect((await link(stranger, ids.member ?? '')).statusCode).toBe(404)
    expect((await link(stranger, ids.public ?? '')).statusCode).toBe(200)
    expect((await link(member, ids.confidential ?? '')).statusCode).toBe(404)

    const grant = { to: { orgId: reader.orgId }, ground: newId('introduction'), now: harness.clock.now() }
    await withTx(harness.deps.db, (tx) => grantDisclosure(tx, { ...grant, listing }))
    expect(await namesFor(member)).toContain('confidential.docx')
    const given = await link(member, ids.confidential ?? '')
    expect(given.json().watermark).toMatch(/^rdg_/)
    expect((await fetchBy(given)).statusCode).toBe(200)
    const { rows } = await harness.database.pool.query(
      "select facts from audit_entries where action = 'attachment.read'",
    )
    expect(rows).toMatchObject([{ facts: { watermark: given.json().watermark, purpose: 'evaluation' } }])
    expect((await link(user, ids.confidential ?? '')).json().watermark).toBeNull()
  })

  it('is gone at once when its owner removes it, and its bytes with the next sweep', async () => {
    const { id } = (await send(user, png, { fileName: '照片.png' })).json()
    const given = await link(user, id)
    const other = await harness.as(await harness.given.organisation())
    expect((await other.delete(`/v1/attachments/${id}`)).statusCode).toBe(404)
    expect((await user.delete(`/v1/attachments/${id}`)).statusCode).toBe(204)
    expect((await fetchBy(given)).statusCode).toBe(404)
    expect(await harness.deps.files.open(id)).toBeDefined()
    await sweepAttachments(harness.deps)
    expect(await harness.deps.files.open(id)).toBeUndefined()
    expect((await send(user, png, { fileName: '照片.png' })).statusCode).toBe(201)
  })

  it('goes with a draft that is deleted', async () => {
    const { listing: draft } = await harness.given.draft(harness.deps.listingKinds.supply, { by: owner })
    const sent = await send(user, pdf, { to: `/v1/supplies/${draft.id}/attachments` })
    expect(
      (await user.delete(`/v1/supplies/${draft.id}`, undefined, { headers: { 'if-match': '"v1"' } })).statusCode,
    ).toBe(204)
    await harness.drain()
    await sweepAttachments(harness.deps)
    expect(await harness.deps.files.open(sent.json().id)).toBeUndefined()
  })

  it('is not added by strangers, and not beyond thirty', async () => {
    const other = await harness.as(await harness.given.organisation())
    expect((await send(other, pdf)).statusCode).toBe(404)
    expect((await send(harness.client, pdf)).statusCode).toBe(401)
    const { listing: full } = await harness.given.published(harness.deps.listingKinds.supply, { by: owner })
    const to = `/v1/supplies/${full.id}/attachments`
    for (let number = 0; number < 30; number += 1) {
      expect((await send(user, Buffer.from(`第${number}份`), { to, fileName: 'a.txt' })).statusCode).toBe(201)
    }
    expect((await send(user, Buffer.from('再一份'), { to, fileName: 'a.txt' })).json().code).toBe('LIMIT_EXCEEDED')
    expect((await send(user, Buffer.from('第1份'), { to, fileName: 'a.txt' })).statusCode).toBe(200)
  })
})

describe('a link', () => {
  it('works for five minutes, for its own file, under its own key', async () => {
    const { id } = (await send(user, pdf)).json()
    const given = await link(user, id)
    const url = new URL(given.json().url)
    const get = (change: (url: URL) => void) => {
      const changed = new URL(url)
      change(changed)
      return harness.client.get(changed.pathname + changed.search)
    }
    expect((await get(() => {})).statusCode).toBe(200)
    expect((await get(({ searchParams }) => searchParams.set('expires', '99999999999'))).statusCode).toBe(404)
    expect((await get(({ searchParams }) => searchParams.set('signature', 'AAAA'))).statusCode).toBe(404)
    const options = { publicUrl: url.origin, secretKey: 'another key of more than 32 characters' }
    const forged = new URL(attachmentLinks(options).linkTo(id, harness.clock.now()).url)
    expect((await harness.client.get(forged.pathname + forged.search)).statusCode).toBe(404)
    harness.clock.advance('5m')
    expect((await get(() => {})).statusCode).toBe(404)
  })
})

describe('the corpus of bad files', () => {
  const exe = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(200)])
  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['a renamed .exe', () => exe, '报告.pdf'],
    ['a renamed .exe as text', () => exe, '说明.txt'],
    ['a picture that is said to be a document', () => png, '报告.pdf'],
    [
      'an SVG with a script, as a picture',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      'a.png',
    ],
    ['a PDF that is an archive as well', async () => Buffer.concat([pdf, await zipOf({ 'a.js': 'x' })]), '报告.pdf'],
    ['a picture that is an archive as well', async () => Buffer.concat([png, await zipOf({ 'a.js': 'x' })]), 'a.png'],
    ['any archive as a document', () => zipOf({ 'a.exe': exe }), '报告.docx'],
    ['a document with macros', () => docx({ 'word/vbaProject.bin': 'x' }), '报告.docx'],
    ['a document that is a bomb', bombDocx, '报告.docx'],
    ['a document that lies about its size', lyingDocx, '报告.docx'],
    [
      'a document that names files outside of itself',
      async () =>
        Buffer.from(
          (await docx({ 'aa/aaaaaa': 'x' })).toString('latin1').replaceAll('aa/aaaaaa', '../../etc'),
          'latin1',
        ),
      '报告.docx',
    ],
    ['text that is none', () => Buffer.from([0xff, 0xfe, 0, 1]), '说明.txt'],
  ])('is refused: %s', async (_what, make, fileName) => {
    const answer = await send(user, await make(), { fileName })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  })

  it.each([
    ['../../etc/passwd.pdf'],
    ['..\\windows.pdf'],
    ['a.svg'],
    ['a.html'],
    ['.pdf'],
    ['发票\u202Efdp.exe'],
    ['a\0.pdf'],
    [`${'长'.repeat(200)}.pdf`],
  ])('has no file named %j', async (fileName) => {
    expect((await send(user, pdf, { fileName })).statusCode).toBe(400)
  })

  it('has no file of more than 25 MB and none without bytes', async () => {
    expect((await send(user, Buffer.alloc(25 * 1_048_576 + 1))).statusCode).toBe(413)
    expect((await send(user, Buffer.alloc(0), { fileName: 'a.txt' })).statusCode).toBe(400)
  })

  it('leaves nothing behind in the store or the table', async () => {
    const { rows } = await harness.database.pool.query('select 1 from attachments where stored_at is null')
    expect(rows).toEqual([])
  })
})

describe('a file of a thread', () => {
  it('is named by a message and fetched by the parties alone', async () => {
    const { introduction, demand, supply } = await givenAcceptedIntroduction(harness)
    const [asker, seller] = [await harness.as(demand.owner), await harness.as(supply.owner)]
    const thread = `/v1/introductions/${introduction.id}`
    const sent = await send(seller, pdf, { to: `${thread}/attachments` })
    expect(sent.statusCode, sent.body).toBe(201)
    const { id: attachmentId, sha256 } = sent.json()
    const posted = await seller.post(`${thread}/messages`, { text: '见附件', attachments: [{ attachmentId }] })
    expect(posted.json().attachments).toMatchObject([{ attachmentId, sha256, name: '报告.pdf' }])
    const read = (await asker.get(`${thread}/messages`)).json().data[0]
    const given = await asker.post(`${thread}/attachments/${read.attachments[0].attachmentId}/links`)
    expect((await fetchBy(given)).rawPayload.equals(pdf)).toBe(true)

    const outsider = await harness.as(await harness.given.organisation())
    expect((await outsider.post(`${thread}/attachments/${attachmentId}/links`)).statusCode).toBe(404)
    expect((await link(seller, attachmentId)).statusCode).toBe(404)
    expect((await seller.delete(`/v1/attachments/${attachmentId}`)).statusCode).toBe(404)
    const foreign = (await send(user, pdf, { fileName: 'x.pdf' })).json().id
    const wrong = await seller.post(`${thread}/messages`, { text: '见附件', attachments: [{ attachmentId: foreign }] })
    expect(wrong.json().errors).toMatchObject([{ pointer: '#/attachments/0/attachmentId' }])
  })
})
