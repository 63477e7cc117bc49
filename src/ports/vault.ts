/** Seals secrets that have to be read again, such as the keys that sign webhooks, before they are stored. */
export type Vault = {
  seal(plain: string, context: string): Buffer
  /** The secret, or undefined when the box was changed, sealed by another key or for another context. */
  open(box: Buffer, context: string): string | undefined
}
