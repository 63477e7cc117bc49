import { afterAll, beforeAll, describe } from 'vitest'
import { redisLiveChannel } from '../../src/adapters/live/redis.ts'
import { silentLog } from '../support/db.ts'
import { hasRedisServer, type RedisServer, startRedis } from '../support/redis.ts'
import { liveChannelContract } from './live-channel.ts'

describe.skipIf(!hasRedisServer())('with a redis-server', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  liveChannelContract('Redis', {
    open: () => redisLiveChannel({ url: redis.url, log: silentLog }),
    cut: () => redis.restart(),
  })
})
