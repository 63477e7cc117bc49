/** Seals and opens texts. `context` is authenticated and not stored: a box that was moved elsewhere does not open. */
export type TextSeal = {
  seal(plain: string, context: string): Buffer
  /** The text, or undefined when the box was changed, sealed by another key or for another context. */
  open(box: Buffer, context: string): string | undefined
}

/** The key of one object, which seals bytes as well, with the same promises. */
export type DataKey = TextSeal & {
  sealBytes(plain: Uint8Array, context: string): Buffer
  openBytes(box: Uint8Array, context: string): Buffer | undefined
}

/** The key of one object as it is stored: wrapped by the master key that `keyId` names. */
export type WrappedKey = { wrapped: Buffer; keyId: string }

/** Secrets at rest: small ones that have to be read again, such as the keys that sign webhooks, and keys of single objects. */
export type Vault = TextSeal & {
  /** Names the master key that seals now. What is wrapped by another is to be wrapped again. */
  readonly keyId: string
  /** A key that nothing else uses, for one object. Who destroys it destroys all that it sealed, in every copy. */
  newDataKey(context: string): WrappedKey
  /** @throws when neither the present nor the previous master key wrapped it for this context. */
  openDataKey(key: WrappedKey, context: string): DataKey
  /** The same key under the present master key. */
  rewrap(key: WrappedKey, context: string): WrappedKey
}
