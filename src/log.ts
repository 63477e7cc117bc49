import pino from 'pino'
import type { Config } from './config.ts'

/** Structured logs on stderr; stdout belongs to what a person asked for. Secrets are cut out wherever they appear. */
export function createLog(config: Pick<Config, 'logLevel'>, name: string): pino.Logger {
  const redact = [
    '*.authorization',
    '*.cookie',
    '*.password',
    '*.token',
    '*.secret',
    '*.params',
    '*.query',
    '*.parameters',
  ]
  return pino({ name, level: config.logLevel, redact, base: { name, pid: process.pid } }, pino.destination(2))
}
