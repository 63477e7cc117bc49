import { describe, expect, it } from 'vitest'
import { s3FileStore } from '../../src/adapters/files/s3.ts'
import { s3Server } from '../support/s3-server.ts'
import { fileStoreContract } from './file-store.ts'

fileStoreContract('S3', async () => {
  const { config, objects, close } = await s3Server()
  return { store: s3FileStore(config), listKeys: async () => [...objects.keys()], close }
})

describe('S3', () => {
  it('refuses whoever has another secret, and says so without it', async () => {
    const server = await s3Server()
    const store = s3FileStore({ ...server.config, secretAccessKey: 'wrong' })
    await expect(store.open('att_x')).rejects.toThrow('the file store answered 403 to GET')
    const elsewhere = s3FileStore({ ...server.config, bucket: 'no-such-bucket' })
    expect(await elsewhere.open('att_x')).toBeUndefined()
    await server.close()
  })
})
