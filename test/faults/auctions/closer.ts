import { setTimeout as sleep } from 'node:timers/promises'
import { memoryLiveChannel } from '../../../src/adapters/live/memory.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { sweepLots } from '../../../src/modules/auctions/sweep-lots.ts'
import { testVault } from '../../support/vault.ts'

// A worker that does nothing but close lots, on the database of argv[2], until it is killed.
const limits = { poolSize: 2, statementTimeoutMs: 10_000, acquireTimeoutMs: 10_000, applicationName: 'closer' }
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const { db } = openDatabase({ url: process.argv[2] ?? '', ...limits }, log)
for (;;) {
  await sweepLots({ db, vault: testVault, live: memoryLiveChannel() }).catch(() => undefined)
  await sleep(20)
}
