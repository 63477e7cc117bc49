import { readFile } from 'node:fs/promises'
import { AwsClient } from 'aws4fetch'
import type { FileStore } from '../../ports/file-store.ts'

export type S3Config = {
  /** Without the bucket, such as https://s3.cn-north-1.amazonaws.com.cn or http://minio:9000. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** A slow store must not hold a request for longer than its client waits. */
const TIMEOUT_MS = 60_000

/**
 * Files in a bucket of any S3-compatible storage, addressed by path. The store checks the bytes against the hash that is
 * signed with the request. Files are at most 25 MB, so one request carries one whole.
 */
export function s3FileStore(config: S3Config): FileStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = config
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const send = async (method: string, key: string, init: RequestInit = {}) => {
    const url = `${endpoint.replace(/\/$/, '')}/${bucket}/${encodeURIComponent(key)}`
    const answer = await client.fetch(url, { method, signal: AbortSignal.timeout(TIMEOUT_MS), ...init })
    if (answer.ok || answer.status === 404) return answer
    await answer.body?.cancel()
    throw new Error(`the file store answered ${answer.status} to ${method}`)
  }
  return {
    async put(key, { path, sha256 }) {
      const answer = await send('PUT', key, {
        body: await readFile(path),
        headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' },
      })
      if (!answer.ok) throw new Error('the file store has no such bucket')
    },
    async open(key) {
      const answer = await send('GET', key)
      if (answer.ok && answer.body !== null) return answer.body as AsyncIterable<Uint8Array>
      await answer.body?.cancel()
      return undefined
    },
    async remove(key) {
      await (await send('DELETE', key)).body?.cancel()
    },
  }
}
