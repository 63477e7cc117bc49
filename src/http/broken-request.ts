import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '../kernel/errors.ts'
import { toProblem } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

const tooSlow = new Set(['ERR_HTTP_REQUEST_TIMEOUT'])

/** Answers bytes that Node could not read as a request: there is no request object, only the socket to write to. */
export function answerBrokenRequest(publicUrl: string, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const requestId = randomUUID()
  const problem = toProblem(refusalOf(error.code ?? ''), { publicUrl, requestId, locale: 'en' })
  const body = JSON.stringify(problem.body)
  const headers = {
    ...securityHeaders,
    ...problem.headers,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'en',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
}

function refusalOf(code: string): AppError {
  if (tooSlow.has(code)) {
    return new AppError('TIMEOUT', 'The request did not arrive in time.')
  }
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('VALIDATION_FAILED', 'The headers are larger than 16 kB.')
  return new AppError('VALIDATION_FAILED', 'This is not a valid HTTP/1.1 request.')
}
