import { startApi } from '../../src/boot/api-server.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { obeyFaultOrders } from './obey-faults.ts'

// An API as in production, which kills itself when its parent orders so.
const config = readConfig(process.env)
await startApi(config, { log: createLog(config, 'queqiao-api'), drainDelayMs: 0, hasBackpressure: false })
obeyFaultOrders()
process.send?.('ready')
