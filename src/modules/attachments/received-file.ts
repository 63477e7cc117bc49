/** A file that was received and lies on this machine until the request is answered. */
export type ReceivedFile = { path: string; sizeBytes: number; sha256: string }
