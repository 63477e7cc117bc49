import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { errorCodes } from '../kernel/errors.ts'
import type { OpenApiDocument } from './openapi.ts'
import { problemCatalogue } from './problem-catalogue.ts'

const publicPage = { config: { permission: 'public' } }

/** /openapi.json, the Swagger UI at /docs, and the page behind every problem's `type`. */
export async function mountDocumentation(app: FastifyInstance, document: OpenApiDocument): Promise<void> {
  const text = JSON.stringify(document)
  app.get('/openapi.json', publicPage, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text),
  )
  app.get('/problems/:code', publicPage, async (request, reply) => {
    const { code } = request.params as { code: string }
    const known = errorCodes.find((one) => one === code)
    if (known === undefined) return reply.callNotFound()
    const { status, title, retryable } = problemCatalogue[known]
    return reply
      .type('text/plain; charset=utf-8')
      .send(
        `${known}\nHTTP status ${status}\n${title.en}\n${title.zh}\n${retryable ? 'The same request may succeed later.' : 'Change the request before you send it again.'}\n`,
      )
  })
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'none', persistAuthorization: true },
  })
}
