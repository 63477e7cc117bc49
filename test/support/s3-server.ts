import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import aws4 from 'aws4'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret for tests' }
const region = 'cn-north-1'
const bucket = 'queqiao-test'

export type S3Server = {
  config: Parameters<typeof import('../../src/adapters/files/s3.ts').s3FileStore>[0]
  objects: Map<string, Buffer>
  close(): Promise<void>
}

/**
 * One bucket, as far as the adapter needs S3. Every request must carry a Signature Version 4 that another implementation
 * (aws4) computes the same, and a body that has the hash which was signed.
 */
export async function s3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    answer(request, response, objects).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    config: { endpoint, bucket, region, ...credentials },
    objects,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, objects: Map<string, Buffer>): Promise<void> {
  const body = await buffer(request)
  if (!isSigned(request)) return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
  const hash = request.headers['x-amz-content-sha256']
  const isAsSigned = hash === 'UNSIGNED-PAYLOAD' || hash === createHash('sha256').update(body).digest('hex')
  if (!isAsSigned) return void response.writeHead(400).end('<Error><Code>XAmzContentSHA256Mismatch</Code></Error>')
  const [, named, key = ''] = decodeURIComponent(request.url ?? '').split('/')
  const known = objects.get(key)
  if (named !== bucket) return void response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>')
  if (request.method === 'PUT') {
    objects.set(key, body)
    return void response.writeHead(200).end()
  }
  if (request.method === 'DELETE') {
    objects.delete(key)
    return void response.writeHead(204).end()
  }
  if (known === undefined) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  response.writeHead(200, { 'content-length': known.length }).end(known)
}

/** Signs the headers that the caller signed and compares. */
function isSigned({ headers, method, url }: IncomingMessage): boolean {
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
  const signed = Object.fromEntries(names.split(';').map((name) => [name, String(headers[name] ?? '')]))
  const again = aws4.sign(
    {
      service: 's3',
      region,
      method,
      path: url,
      headers: signed,
      host: headers.host,
      doNotModifyHeaders: true,
    } as never,
    credentials,
  )
  return String((again.headers as Record<string, string>).Authorization) === headers.authorization
}
