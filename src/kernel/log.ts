/** The part of a pino logger that business code may use: fields first, then a sentence. Never log texts of listings. */
export type Log = {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
