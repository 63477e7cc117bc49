import { Readable } from 'node:stream'
import Fastify, { type FastifyInstance } from 'fastify'
import { Client } from 'undici'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { acceptFiles, forgetFile, receiveFile } from '../../src/http/receive-file.ts'
import { AppError } from '../../src/kernel/errors.ts'

const limits = { mediaTypes: ['application/octet-stream'], maxBytes: 100_000 }
let app: FastifyInstance
/** One connection, on which each request comes after the other. */
let client: Client

beforeAll(async () => {
  app = Fastify()
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof AppError ? 413 : 503).send({ message: error instanceof Error ? error.message : '' }),
  )
  await app.register(async (scope) => {
    acceptFiles(scope)
    scope.post('/files', async (request) => {
      const { path, ...file } = await receiveFile(request, limits)
      await forgetFile({ path })
      return file
    })
  })
  client = new Client(await app.listen({ port: 0, host: '127.0.0.1' }), { pipelining: 1 })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await client.destroy()
  await app.close()
})

/** In pieces and without a length, so that the receiver finds out by itself when it is too much. */
async function send(bytes: number) {
  const piece = Buffer.alloc(10_000, 'x')
  const body = Readable.from(Array.from({ length: bytes / piece.length }, () => piece))
  const headers = { 'content-type': 'application/octet-stream' }
  const answer = await client.request({ ...{ path: '/files', method: 'POST', headers, body }, headersTimeout: 5_000 })
  return { status: answer.statusCode, answer: await answer.body.json() }
}

describe('a file that is received', () => {
  it('has its size and hash', async () => {
    expect(await send(50_000)).toMatchObject({ status: 200, answer: { sizeBytes: 50_000 } })
  })

  it('is refused when it is too large, and the connection goes on', async () => {
    for (const bytes of [110_000, 5_000_000]) {
      expect(await send(bytes)).toMatchObject({ status: 413 })
      expect(await send(50_000)).toMatchObject({ status: 200 })
    }
  })

  it('is refused when there is no place for it, and the connection goes on', async () => {
    vi.stubEnv('TMPDIR', '/nowhere')
    expect(await send(5_000_000)).toMatchObject({ status: 503, answer: { message: expect.stringContaining('ENOENT') } })
    vi.unstubAllEnvs()
    expect(await send(50_000)).toMatchObject({ status: 200 })
  })
})
