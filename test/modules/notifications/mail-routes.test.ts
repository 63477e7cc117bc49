import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { mailLinks } from '../../../src/modules/notifications/index.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
let user: Principal
let client: HttpClient
beforeEach(async () => {
  await harness.reset()
  user = await harness.given.organisation()
  client = await harness.as(user)
})

const pathOf = (url: string) => url.replace('https://api.example.cn', '')
const linkTo = (kind: 'listing.returned' | '*') =>
  pathOf(harness.deps.mailLinks.unsubscribeUrl({ userId: user.userId, kind }))
const modeOf = async (kind: string): Promise<string> => {
  const { kinds } = (await client.get('/v1/notification-preferences')).json()
  return kinds.find((one: { kind: string }) => one.kind === kind).email
}

describe('GET /v1/unsubscribe', () => {
  it('tells without signing in what the link would stop, and stops nothing', async () => {
    const answer = (await harness.client.get(linkTo('listing.returned'))).json()
    expect(answer).toEqual({
      address: expect.stringMatching(/^g…@example\.com$/),
      kind: 'listing.returned',
      isSubscribed: true,
    })
    expect(await modeOf('listing.returned')).toBe('instant')
  })

  it('knows only links of its own', async () => {
    const foreign = mailLinks({ publicUrl: '', secretKey: 'x'.repeat(40) })
    const scope = { userId: user.userId, kind: '*' as const }
    const tampered = linkTo('*').replace(/(?<=token=.{20})./, (letter) => (letter === 'A' ? 'B' : 'A'))
    for (const url of ['/v1/unsubscribe?token=nonsense', foreign.unsubscribeUrl(scope), tampered]) {
      expectProblem(await harness.client.get(url), 'NOT_FOUND')
      expectProblem(await harness.client.post(url), 'NOT_FOUND')
    }
    expectProblem(await harness.client.get('/v1/unsubscribe'), 'VALIDATION_FAILED')
  })
})

describe('POST /v1/unsubscribe', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('stops the kind with the one click of RFC 8058, sent as %s', async (type, form) => {
    const send = () => harness.client.post(linkTo('listing.returned'), form, { headers: { 'content-type': type } })
    expect([(await send()).statusCode, (await send()).json().isSubscribed]).toEqual([200, false])
    expect(await modeOf('listing.returned')).toBe('off')
    expect(await modeOf('match.approved.demand')).toBe('instant')
  })

  it('of a digest stops all but warnings and what was chosen by name', async () => {
    await client.put('/v1/notification-preferences', {
      ...{ locale: 'zh', timeZone: 'Asia/Shanghai', quietHours: null, dailyMailMax: 20 },
      preferences: [
        { kind: 'listing.returned', channel: 'email', mode: 'instant' },
        { kind: 'listing.published', channel: 'email', mode: 'digest' },
      ],
    })
    expect((await harness.client.post(linkTo('*'))).json()).toMatchObject({ kind: '*', isSubscribed: false })
    expect(await modeOf('listing.published')).toBe('off')
    expect(await modeOf('match.approved.demand')).toBe('off')
    expect(await modeOf('listing.returned')).toBe('instant')
    expect(await modeOf('security.session_reused')).toBe('instant')
  })

  it('takes forms nowhere else', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expectProblem(await client.post('/v1/notifications/read-all', 'a=b', { headers }), 'UNSUPPORTED_MEDIA_TYPE')
  })
})

describe('GET /v1/stored-mails', () => {
  it('lets the operator read what a fact of the market led to, and nobody else', async () => {
    const operator = await harness.as('operator')
    await harness.drain()
    const { data } = (await operator.get('/v1/stored-mails')).json()
    const verified = data.find(({ subject }: { subject: string }) => subject.startsWith('机构认证已通过'))
    expect(verified).toMatchObject({ from: '鹊桥 <no-reply@example.cn>', to: expect.stringContaining('@') })
    const mail = (await operator.get(`/v1/stored-mails/${verified.id}`)).json()
    expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const link = /<(https:[^>]+)>/.exec(mail.headers['List-Unsubscribe'])?.[1] ?? ''
    expect((await harness.client.get(pathOf(link))).json()).toMatchObject({ kind: 'organisation.verified' })
    for (const path of ['/v1/stored-mails', `/v1/stored-mails/${verified.id}`]) {
      expectProblem(await harness.client.get(path), 'UNAUTHENTICATED')
      expectProblem(await client.get(path), 'FORBIDDEN')
    }
    expectProblem(await operator.get('/v1/stored-mails/nonsense'), 'VALIDATION_FAILED')
    expectProblem(await operator.get('/v1/stored-mails/sml_01k9w3ynwzf5yr8t6x2m4q7c0z'), 'NOT_FOUND')
  })
})
