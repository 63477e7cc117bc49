import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { postgresLiveChannel } from '../../src/adapters/live/postgres.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'
import { liveChannelContract } from './live-channel.ts'

const database = useTestDatabase()

liveChannelContract('PostgreSQL', {
  open: () => postgresLiveChannel({ url: database.url, db: database.db, log: silentLog }),
  cut: async () => {
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'queqiao-live'`)
  },
})

const memory = memoryLiveChannel()
liveChannelContract('memory', { open: () => memory })
