/** A file as a whole is not taken; nothing of it was stored. The message says what is wrong with it. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
