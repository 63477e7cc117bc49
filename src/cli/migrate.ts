import { prepareDatabase } from '../boot/prepare-database.ts'
import { readConfig } from '../config.ts'
import { environment } from '../environment.ts'

/** `npm run migrate`: brings the database at DATABASE_URL to the newest schema, then exits. */
const { databaseUrl, redisUrl } = readConfig(environment())
if (databaseUrl === undefined) {
  console.error('DATABASE_URL is missing. `npm start` migrates its own database by itself.')
  process.exit(78)
}
const { applied, alreadyThere } = await prepareDatabase(databaseUrl, { hasJobsInPostgres: redisUrl === undefined })
console.log(applied.length === 0 ? `up to date (${alreadyThere} migrations)` : `applied ${applied.join(', ')}`)
