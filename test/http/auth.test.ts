import { describe, expect, it } from 'vitest'
import { assertPermission } from '../../src/http/auth.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { grants, permissions, roles } from '../../src/kernel/permissions.ts'
import { anonymous, type Viewer } from '../../src/kernel/principal.ts'
import { expectProblem } from '../support/http.ts'
import { principalWith, tokenOf, usePlatform } from './platform.ts'

const platform = usePlatform()

function refusalOf(viewer: Viewer, permission: (typeof permissions)[number]): string {
  try {
    assertPermission(viewer, permission)
    return 'allowed'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('a permission', () => {
  it.each(permissions)('%s is held by the roles that list it and by nobody else (AUTHZ-1)', (permission) => {
    for (const role of roles) {
      const expected = grants[role].includes(permission) ? 'allowed' : 'FORBIDDEN'
      expect(`${role} ${refusalOf(principalWith({ role }), permission)}`).toBe(`${role} ${expected}`)
    }
    const expected = grants.anonymous.includes(permission) ? 'allowed' : 'UNAUTHENTICATED'
    expect(refusalOf(anonymous, permission)).toBe(expected)
  })

  it.each(permissions)('%s needs both the role and the scope of an API key', (permission) => {
    for (const role of roles) {
      const hasIt = grants[role].includes(permission) ? 'allowed' : 'FORBIDDEN'
      expect(refusalOf(principalWith({ role, scopes: [permission] }), permission)).toBe(hasIt)
      expect(refusalOf(principalWith({ role, scopes: [] }), permission)).toBe('FORBIDDEN')
      const others = permissions.filter((other) => other !== permission)
      expect(refusalOf(principalWith({ role, scopes: others }), permission)).toBe('FORBIDDEN')
    }
  })

  it('that is public belongs to every role', () => {
    for (const role of roles) expect(grants[role]).toEqual(expect.arrayContaining([...grants.anonymous]))
  })
})

describe('a request', () => {
  it('without sign-in is asked to sign in, before its content is looked at', async () => {
    const response = await platform.client.post('/v1/things', { nonsense: 1 })
    expectProblem(response, 'UNAUTHENTICATED')
    expect(response.headers['www-authenticate']).toBe('Bearer realm="queqiao"')
  })

  it.each([
    'Bearer wrong-token-0123456789',
    'Bearer short',
    'Bearer',
    'Basic dXNlcjpwYXNzd29yZA==',
    `Bearer ${'a'.repeat(600)}`,
    `bearer${tokenOf('member')}`,
    `Bearer ${tokenOf('member')}, Bearer ${tokenOf('owner')}`,
  ])('with the wrong credentials %j is refused, even where none are needed', async (authorization) => {
    const response = await platform.client.get('/v1/things', { headers: { authorization } })
    expectProblem(response, 'UNAUTHENTICATED')
    expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
  })

  it('may write the scheme in any case', async () => {
    const headers = { authorization: `bearer ${tokenOf('member')}` }
    expect((await platform.client.post('/v1/things', { title: 'A pump' }, { headers })).statusCode).toBe(201)
  })

  it('beyond the scopes of its API key is refused, and the refusal is logged (16.3.x)', async () => {
    const token = 'api-key-with-one-scope'
    platform.principals.set(token, principalWith({ role: 'owner', scopes: ['listing.read'] }))
    expect((await platform.client.as(token).get('/v1/things')).statusCode).toBe(200)
    platform.logged.length = 0
    const refused = await platform.client.as(token).post('/v1/things', { title: 'A pump' })
    expectProblem(refused, 'FORBIDDEN')
    expect(platform.logged).toMatchObject([
      { level: 'info', message: 'access refused', fields: { code: 'FORBIDDEN', route: '/v1/things' } },
    ])
    expect(JSON.stringify(platform.logged)).not.toContain(token)
  })
})
