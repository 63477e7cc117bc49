/** Files under keys. A key holds the same bytes for ever: to store again what is there is harmless. */
export type FileStore = {
  /** Stores the file at `path` as a whole or not at all. @param sha256 in hex, which the store may check against. */
  put(key: string, file: { path: string; sizeBytes: number; sha256: string }): Promise<void>
  /** The bytes, piece by piece; undefined when there are none. */
  open(key: string): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Removes the file; nothing happens when there is none. */
  remove(key: string): Promise<void>
}
