import { describe, expect, it } from 'vitest'
import { inlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import { memoryLiveChannel } from '../../../src/adapters/live/memory.ts'
import { storedMailer } from '../../../src/adapters/mail/stored.ts'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import { memoryWebhookSender } from '../../../src/adapters/webhooks/memory.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { attachmentLinks } from '../../../src/modules/attachments/index.ts'
import { mailLinks } from '../../../src/modules/notifications/index.ts'
import { relayBatch } from '../../../src/outbox/index.ts'
import { jobs, subscriptions } from '../../../src/registry.ts'
import { silentLog } from '../../support/db.ts'
import { testFiles } from '../../support/files.ts'
import { bodyOf } from '../../support/given.ts'
import { testVault } from '../../support/vault.ts'
import { allKinds, listingKinds } from './kinds.ts'
import { useListingApi } from './listing-api.ts'

const api = useListingApi()
const { place } = api

/** Strings that occur nowhere else, one for every confidential field and one for its replacement. */
const secrets = {
  confidentialDetail: '金丝雀配方canaryq7f31',
  contact: { name: '金丝雀联系人', phone: '0574-7731', email: 'canaryq7f32@example.com' },
}
const canary = /金丝雀|canaryq7f3\d|0574-7731/

const kinds = allKinds.map((definition) => [definition.path, definition] as const)

describe.each(kinds)('confidential text of %s', (path, definition) => {
  it('reaches its owner, and of everybody else neither answers, lists, history nor any table', async () => {
    const owner = await place.given.organisation({ kind: definition.owners[0] })
    const operator = await place.given.operator()
    const body = bodyOf(definition, { market: 'ningbo', ...secrets })
    const created = await api
      .as(owner)
      .post(`/v1/${path}`, body, { headers: { 'idempotency-key': 'canary-create-001' } })
    expect(created.json()).toMatchObject(secrets)
    const url = `/v1/${path}/${created.json().id}`
    const patch = { contact: { phone: '0574-77310' }, confidentialDetail: `${secrets.confidentialDetail}改` }
    await api.as(owner).patch(url, patch, { headers: { 'if-match': '"v1"' } })
    const answers = [await api.as(operator).post(`${url}/publish`)]
    await api.as(owner).post(`${url}/submit`)
    answers.push(await api.as(operator).post(`${url}/return`, { reasons: ['other'] }))
    await api.as(owner).post(`${url}/submit`)
    answers.push(await api.as(operator).get(url), await api.as(operator).get(`/v1/${path}?state=submitted`))
    answers.push(await api.as(operator).post(`${url}/publish`), await api.as(operator).get(`${url}/history`))
    const strangers = [undefined, await place.given.organisation(), await place.given.broker(), operator]
    for (const viewer of strangers) {
      answers.push(await api.as(viewer).get(url), await api.as(viewer).get(`/v1/${path}`))
      answers.push(await api.as(viewer).post(`${url}/submit`), await api.as(viewer).patch(url, { contact: null }))
    }
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status < 300).length).toBeGreaterThan(10)
    for (const { body: text, headers } of answers) expect(text + JSON.stringify(headers)).not.toMatch(canary)

    expect((await api.as(owner).get(url)).json()).toMatchObject({
      contact: { name: '金丝雀联系人', phone: '0574-77310' },
    })
    const own = await api.as(owner).get(`/v1/${path}?mine=true`)
    expect(own.json().data).toHaveLength(1)
    expect(own.body).not.toMatch(canary)
    expect(await jobsThatFollow()).not.toMatch(canary)
    expect(await tablesWith(canary)).toEqual([])
  })
})

describe('the tiers of an answer', () => {
  const keysFor = async (url: string, viewer?: Principal) => Object.keys((await api.as(viewer).get(url)).json())

  it.each(kinds)(
    'of %s name what they show: the teaser holds no description and no fields for members',
    async (...kind) => {
      const [path, definition] = kind
      const { owner, listing } = await place.given.published(definition, { ...secrets, externalId: 'A-1' })
      const url = `/v1/${path}/${listing.id}`
      const teaser = await keysFor(url)
      const member = await keysFor(url, await place.given.organisation())
      const full = await keysFor(url, owner)
      const ownDetails = Object.keys(listing.details).filter((name) => !definition.teaserDetails.includes(name))
      expect(ownDetails.length).toBeGreaterThan(0)
      expect(member.filter((key) => !teaser.includes(key)).sort()).toEqual(
        ['description', 'indicators', ...(definition.indicatorTexts ? ['readIndicators'] : []), ...ownDetails].sort(),
      )
      expect(full.filter((key) => !member.includes(key)).sort()).toEqual(
        ['externalId', 'returnReasons', 'allowedActions', 'confidentialDetail', 'contact'].sort(),
      )
    },
  )
})

/** Everything that is handed to the queue for the events so far, after it has run. */
async function jobsThatFollow(): Promise<string> {
  const { db, clock } = place.deps
  const queue = inlineJobQueue(clock)
  const engines = { search: postgresSearchEngine({ db }), searchIndexes: [] }
  const callers = { webhooks: memoryWebhookSender(), vault: testVault }
  const mails = {
    mailer: storedMailer({ db, clock, from: 'no-reply@example.cn' }),
    mailLinks: mailLinks({ publicUrl: 'https://api.example.cn', secretKey: 'k'.repeat(32) }),
  }
  const deps = {
    db,
    clock,
    log: silentLog,
    live: memoryLiveChannel(),
    files: testFiles,
    attachmentLinks: attachmentLinks({ publicUrl: 'https://api.example.cn', secretKey: 'k'.repeat(32) }),
    jobs: queue,
    ...engines,
    ...callers,
    ...mails,
    listingKinds,
  }
  const payloads: unknown[] = []
  while ((await relayBatch(deps, subscriptions)) > 0) {
    payloads.push(...queue.waiting())
    await queue.runAll(jobs, deps)
  }
  expect(payloads.length).toBeGreaterThan(0)
  return JSON.stringify(payloads)
}

/** The tables that hold a match in any column of any row. */
async function tablesWith(pattern: RegExp): Promise<string[]> {
  const { rows: tables } = await place.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await place.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    if (rows.some(({ row }) => pattern.test(row))) found.push(name)
  }
  return found
}
