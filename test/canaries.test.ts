import { describe, expect, it } from 'vitest'
import type { Log } from '../src/kernel/log.ts'
import type { Principal } from '../src/kernel/principal.ts'
import { relayBatch } from '../src/outbox/index.ts'
import { jobs, subscriptions } from '../src/registry.ts'
import { givenEndpoint } from './modules/webhooks/scene.ts'
import { givenApprovedMatch, type IntroducedPair } from './support/given-introduction.ts'
import { useHarness } from './support/harness.ts'
import type { HttpClient, HttpResponse } from './support/http.ts'

const logged: string[] = []
const keep = (fields: object, message: string) => {
  logged.push(`${message} ${JSON.stringify(fields, errorsInFull)}`)
}
const log: Log = { debug: keep, info: keep, warn: keep, error: keep }
const harness = useHarness({ log })

/** One string for each confidential or personal field; it occurs nowhere else. */
const planted = {
  demandDetail: 'canary-demand-detail',
  supplyDetail: 'canary-supply-detail',
  contactName: 'canary-contact-name',
  contactPhone: 'canary-contact-phone',
  contactEmail: 'canary-contact@example.com',
  note: 'canary-end-note',
  message: 'canary-message-text',
  file: 'canary-file-name.pdf',
  place: 'canary-meeting-place',
  enquiry: 'canary-enquiry-text',
  terms: 'canary-quote-terms',
  userEmail: 'canary-user@example.com',
  userName: 'canary-user-name',
}

/** Where a planted string may stand in clear, and why. Everything else is a leak. */
const allowed: Record<string, string> = {
  users: 'the account itself: who signs in, by which address',
  stored_mails: 'the address on the envelope, which the mail server needs; the text holds none',
}

const errorBodies: string[] = []
const strangersSaw: string[] = []
const jobPayloads: string[] = []

describe('confidential and personal text (CONF-3)', () => {
  it('passes the whole market and stays where it belongs', async () => {
    const pair = await givenScene()
    await goThroughIntroduction(pair)
    await goThroughEnquiry(pair)
    await settle()
    await lookAsStranger(pair)

    expect(await tablesWithHits()).toEqual(Object.fromEntries((await tablesAllowed()).map((name) => [name, true])))
    const mailTexts = await harness.database.pool.query('select m::text as row from (select * from stored_mails) m')
    const sent = harness.deps.webhooks.sent().map((message) => JSON.stringify(message))
    expect([jobPayloads.length, sent.length, mailTexts.rows.length].every((count) => count > 5)).toBe(true)
    for (const [where, texts] of Object.entries({ jobPayloads, sent, errorBodies, strangersSaw, logged })) {
      expect({ where, hits: hitsIn(texts.join('\n')) }).toEqual({ where, hits: [] })
    }
    const inMails = hitsIn(JSON.stringify(mailTexts.rows))
    expect(inMails.filter((hit) => hit !== 'userEmail' && hit !== 'userName')).toEqual([])
  }, 120_000)
})

async function givenScene(): Promise<Omit<IntroducedPair, 'introduction'>> {
  const contact = { name: planted.contactName, phone: planted.contactPhone, email: planted.contactEmail }
  const pair = await givenApprovedMatch(harness, {
    demand: { confidentialDetail: planted.demandDetail, contact },
    supply: { confidentialDetail: planted.supplyDetail, contact },
  })
  const rename =
    'update users set email = $2, display_name = $3 where id = (select id from users where org_id = $1 limit 1)'
  const [{ uuid } = { uuid: '' }] = (
    await harness.database.pool.query<{ uuid: string }>('select org_id as uuid from listings where kind = $1', [
      'demand',
    ])
  ).rows
  await harness.database.pool.query(rename, [uuid, planted.userEmail, planted.userName])
  for (const { owner } of [pair.demand, pair.supply]) await givenEndpoint(harness.deps, owner)
  await settle()
  return pair
}

async function goThroughIntroduction({ demand, supply, broker }: Omit<IntroducedPair, 'introduction'>): Promise<void> {
  const [asker, offerer, middle] = [await client(demand.owner), await client(supply.owner), await client(broker)]
  const [found] = (await asker.get('/v1/introductions')).json().data
  const url = `/v1/introductions/${found.id}`
  for (const side of [asker, offerer]) succeed(await side.post(`${url}/responses`, { answer: 'accept' }))
  for (const side of [asker, offerer]) succeed(await side.post(`${url}/nda`, { textVersion: '2026-01' }))
  const detail = await asker.get(`/v1/supplies/${supply.listing.id}/confidential-detail?purpose=evaluation`)
  expect(detail.json().confidentialDetail).toBe(planted.supplyDetail)
  expect((await middle.get(url)).json().contacts.demand.name).toBe(planted.contactName)
  const attachment = { name: planted.file, sizeBytes: 1, sha256: 'a'.repeat(64), mediaType: 'application/pdf' }
  succeed(await offerer.post(`${url}/messages`, { text: planted.message, attachments: [attachment] }))
  const starts = ['2026-03-05T01:00:00.000Z']
  succeed(await middle.post(`${url}/meetings`, { starts, mode: 'on_site', place: planted.place }))
  await settle()
  // What is wrong is named by its place, never repeated.
  const wrong = [
    await asker.post(`${url}/responses`, { answer: planted.note }),
    await asker.post(`${url}/meetings`, { starts: [planted.place], mode: planted.place }),
    await asker.patch(
      `/v1/demands/${demand.listing.id}`,
      { confidentialDetail: planted.demandDetail, contact: { name: planted.contactName, email: planted.contactPhone } },
      { headers: { 'if-match': '"v1"' } },
    ),
  ]
  for (const response of wrong) expect(response.statusCode).toBeGreaterThanOrEqual(400)
  errorBodies.push(...wrong.map(({ body }) => body))
  succeed(await offerer.post(`${url}/end`, { reasonCode: 'other', note: planted.note }))
}

async function goThroughEnquiry({ demand, supply }: Omit<IntroducedPair, 'introduction'>): Promise<void> {
  const [buyer, seller] = [await client(demand.owner), await client(supply.owner)]
  const opened = await buyer.post(`/v1/supplies/${supply.listing.id}/enquiries`, { message: planted.enquiry })
  const url = `/v1/enquiries/${opened.json().id}`
  const quote = { priceMinFen: 1, priceMaxFen: 2, validUntil: '2026-04-01', terms: planted.terms }
  const quoted = succeed(await seller.post(`${url}/quotes`, quote)).json()
  errorBodies.push((await buyer.post(`${url}/quotes`, { ...quote, validUntil: planted.terms })).body)
  succeed(await buyer.post(`${url}/acceptance`, { quoteId: quoted.quotes[0].id }))
}

/** Whatever somebody without a part in it can ask for. */
async function lookAsStranger({ demand, supply }: Omit<IntroducedPair, 'introduction'>): Promise<void> {
  const strangers = [
    harness.client,
    await harness.as('owner'),
    await harness.as('broker'),
    await harness.as('operator'),
  ]
  const paths = [
    `/v1/demands/${demand.listing.id}`,
    `/v1/supplies/${supply.listing.id}`,
    `/v1/supplies/${supply.listing.id}/confidential-detail?purpose=evaluation`,
    `/v1/supplies/${supply.listing.id}/matches`,
    '/v1/search?q=canary',
    '/v1/introductions',
    '/v1/enquiries',
    '/v1/notifications',
    '/v1/audit-entries',
  ]
  for (const stranger of strangers) {
    for (const path of paths) strangersSaw.push((await stranger.get(path)).body)
  }
}

/** Relays and runs until nothing is left, and keeps what was handed to the queue. */
async function settle(): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const events = await relayBatch(harness.deps, subscriptions)
    jobPayloads.push(...harness.deps.jobs.waiting().map((request) => JSON.stringify(request)))
    if ((await harness.deps.jobs.runAll(jobs, harness.deps)) + events === 0) return
  }
  throw new Error('events and jobs cause each other without end')
}

/** Every row of every table as text, and bytes in both spellings: a text stored as bytes is no secret. */
async function tablesWithHits(): Promise<Record<string, boolean>> {
  const found: Record<string, boolean> = {}
  for (const name of await tableNames()) {
    const { rows } = await harness.database.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    if (hitsIn(rows.map(({ row }) => row).join('\n')).length > 0) found[name] = true
  }
  return found
}

async function tablesAllowed(): Promise<string[]> {
  const names = await tableNames()
  for (const name of Object.keys(allowed)) expect(names).toContain(`public.${name}`)
  return Object.keys(allowed).map((name) => `public.${name}`)
}

async function tableNames(): Promise<string[]> {
  const { rows } = await harness.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'pristine') order by 1`,
  )
  return rows.map(({ name }) => name)
}

function hitsIn(text: string): string[] {
  return Object.entries(planted)
    .filter(([, canary]) => text.includes(canary) || text.includes(Buffer.from(canary).toString('hex')))
    .map(([field]) => field)
}

function client(who: Principal): Promise<HttpClient> {
  return harness.as(who)
}

function succeed(response: HttpResponse): HttpResponse {
  expect(response.statusCode, response.body).toBeLessThan(300)
  return response
}

function errorsInFull(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value
}
