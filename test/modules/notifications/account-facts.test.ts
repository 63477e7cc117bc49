import { beforeEach, describe, expect, it } from 'vitest'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { createApiKey } from '../../../src/modules/identity/create-api-key.ts'
import { deviceHash } from '../../../src/modules/identity/device-hash.ts'
import { logIn } from '../../../src/modules/identity/log-in.ts'
import { sweepListings } from '../../../src/modules/listings/sweep-listings.ts'
import { warnOfExpiry } from '../../../src/modules/listings/warn-of-expiry.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

type Told = { kind: string; body: { zh: string; en: string } }
const toldTo = async (who: Principal, area: string): Promise<Told[]> => {
  const { data } = (await (await harness.as(who)).get('/v1/notifications?limit=100')).json()
  return data.filter(({ kind }: Told) => kind.startsWith(`${area}.`)).reverse()
}
const kindsTo = async (who: Principal, area: string) => (await toldTo(who, area)).map(({ kind }) => kind)

describe('a new API key', () => {
  it('is told to the user for whom it acts, at the time in China, and to no colleague', async () => {
    const owner = await harness.given.organisation()
    const colleague = await harness.given.user(owner, 'member')
    await createApiKey(harness.deps, owner, { name: '同步', scopes: [] })
    await harness.drain()
    const told = await toldTo(owner, 'security')
    expect(told).toMatchObject([{ kind: 'security.api_key_created' }])
    expect(told[0]?.body.zh).toMatch(/于 2026-03-02 \d\d:\d\d 新建了一个 API 密钥/)
    expect(await kindsTo(colleague, 'security')).toEqual([])
  })
})

describe('a sign-in', () => {
  const firefox = (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15'

  it('on a new device is told to its user; the first one, a known one and an updated browser are not', async () => {
    const owner = await harness.given.organisation()
    const { rows } = await harness.database.pool.query('select email from users where id = $1', [
      idToUuid(owner.userId),
    ])
    const logInWith = (userAgent: string) =>
      logIn(harness.deps, { email: rows[0].email, password: 'a meadow full of staples', userAgent })
    for (const userAgent of [firefox(140), firefox(140), firefox(153)]) await logInWith(userAgent)
    await harness.drain()
    expect(await kindsTo(owner, 'security')).toEqual([])
    await logInWith(phone)
    await logInWith(phone)
    await harness.drain()
    const told = await toldTo(owner, 'security')
    expect(told.map(({ kind }) => kind)).toEqual(['security.new_device'])
    expect(told[0]?.body.zh).toMatch(/于 2026-03-02 \d\d:\d\d 在一台未曾使用过的设备上登录/)
  })

  it('leaves a hash that another user on the same device does not share', async () => {
    const [one, other] = [newId('user'), newId('user')]
    expect(deviceHash(one, phone)).toEqual(deviceHash(one, phone))
    expect(deviceHash(one, phone)).not.toEqual(deviceHash(other, phone))
  })
})

describe('a changed password', () => {
  it('is told to its user each time', async () => {
    const owner = await harness.given.organisation()
    const passwords = ['a meadow full of staples', 'another meadow of staples', 'a third meadow of staples']
    for (const [n, newPassword] of passwords.slice(1).entries()) {
      harness.clock.advance('1m')
      const body = { currentPassword: passwords[n], newPassword }
      expect((await (await harness.as(owner)).post('/v1/me/password', body)).statusCode).toBe(204)
    }
    await harness.drain()
    expect(await kindsTo(owner, 'security')).toEqual(['security.password_changed', 'security.password_changed'])
  })
})

describe('the owner of a listing', () => {
  it('hears once that it expires soon, and nothing when it was renewed meanwhile', async () => {
    const { owner } = await harness.given.publishedSupply({ validUntil: '2026-03-20', title: '真空压铸工艺' })
    const renewed = await harness.given.publishedSupply({ validUntil: '2026-03-20' })
    harness.clock.advance('10d')
    await warnOfExpiry(harness.deps)
    await harness.database.pool.query(`update listings set valid_until = '2026-09-01' where title <> '真空压铸工艺'`)
    await harness.drain()
    await warnOfExpiry(harness.deps)
    await harness.drain()
    const told = (await toldTo(owner, 'listing')).filter(({ kind }) => kind === 'listing.expiring')
    expect(told.map(({ body }) => body.zh)).toEqual([expect.stringContaining('“真空压铸工艺”将于 2026-03-20 到期')])
    expect(await kindsTo(renewed.owner, 'listing')).not.toContain('listing.expiring')
  })

  it('hears that it turned red, and why', async () => {
    const ipRights = [{ type: 'invention', legalState: 'granted', expiresOn: '2026-03-10' }]
    const { owner } = await harness.given.publishedSupply({ ipRights })
    harness.clock.advance('10d')
    await sweepListings(harness.deps)
    await sweepListings(harness.deps)
    await harness.drain()
    const told = (await toldTo(owner, 'listing')).filter(({ kind }) => kind === 'listing.trust_red')
    expect(told).toHaveLength(1)
    expect(told[0]?.body.zh).toContain('原因：知识产权已失效。')
    expect(told[0]?.body.en).toContain('its IP rights have lapsed')
  })
})
