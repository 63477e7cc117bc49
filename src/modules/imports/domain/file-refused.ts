/** The file as a whole cannot be read; nothing of it was stored. The message says where it is broken. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export const fileLimits = {
  bytes: 50 * 1_048_576,
  rows: 100_000,
  columns: 64,
  /** A cell may hold the longest text of a listing, 20,000 characters. */
  cellBytes: 65_536,
} as const
