import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { listingKinds } from '../../src/compose.ts'
import { openDatabase } from '../../src/db/client.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { idSchema, idToUuid } from '../../src/kernel/ids.ts'
import { runImport } from '../../src/modules/imports/run-import.ts'
import { testVault } from '../support/vault.ts'

/** A worker that has one import to do and may be killed at any moment: `import-worker.mjs <database url> <import id>`. */
const [url = '', id = ''] = process.argv.slice(2)
const importId = idSchema('import').parse(id)
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const limits = { poolSize: 2, statementTimeoutMs: 60_000, acquireTimeoutMs: 10_000, applicationName: 'queqiao-test' }
const { db, pool, close } = openDatabase({ url, ...limits }, log)
const deps = { db, clock: systemClock, vault: testVault, live: memoryLiveChannel(), listingKinds }

const isOpen = async () => {
  const { rows } = await pool.query('select 1 from imports where id = $1 and ended_at is null', [idToUuid(importId)])
  return rows.length > 0
}

process.send?.('ready')
// Who was killed holds the row until the server notices that its connection is gone.
while (await isOpen()) {
  await runImport(deps, { importId })
  await new Promise((resolve) => setTimeout(resolve, 20))
}
await close()
process.disconnect?.()
