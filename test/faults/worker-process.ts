import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { jobs, schedules, sequences, subscriptions } from '../../src/registry.ts'
import { runWorker } from '../../src/run-worker.ts'
import { obeyFaultOrders } from './obey-faults.ts'

/** Jobs of dead workers, whose locks a test lets end, are taken up within a second. */
const jobTimings = { stalledCheckMs: 500, backoffMs: 200 }

// A worker as in production, which kills itself when its parent orders so.
const { deps } = await compose(readConfig(process.env), { role: 'worker', jobTimings })
await runWorker({
  ...{ deps, jobs, subscriptions, schedules, sequences, withRelay: true },
  ...{ concurrency: 4, log: deps.log },
})
obeyFaultOrders()
process.send?.('ready')
