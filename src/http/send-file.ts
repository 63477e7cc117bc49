import type { FastifyReply } from 'fastify'
import type { FileAnswer } from './files.ts'
import type { Reply } from './route.ts'

/** A file under a name (RFC 6266, also a Chinese one), to be saved and never to be shown or guessed at by a browser. */
export function sendFile(reply: FastifyReply, { status, headers, etag, body }: Reply<FileAnswer>): FastifyReply {
  const { fileName, mediaType, content } = body
  const plain = fileName.replace(/[^\w.-]+/g, '_')
  return reply
    .code(status ?? 200)
    .headers({
      ...headers,
      ...(etag !== undefined && { etag }),
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    })
    .type(mediaType)
    .send(content)
}
