import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../../src/http/openapi.ts'
import { useTestApi } from './api.ts'

const api = useTestApi()
const names = () => api.routes.map((route) => route.operationId)

describe('the routes', () => {
  it('have examples that satisfy their own schemas', () => {
    for (const { operationId, body, response, example } of api.routes) {
      expect(body?.safeParse(example.body).error, operationId).toBeUndefined()
      expect(response?.safeParse(example.response).error, operationId).toBeUndefined()
    }
  })

  it('have operation ids of their own and describe themselves', () => {
    expect(new Set(names()).size).toBe(names().length)
    const { paths } = openApiDocument(api.routes, '0.0.0')
    expect(Object.keys(paths)).toContain('/v1/organisations/{id}/qualifications/{qualificationId}/verification')
  })
})
