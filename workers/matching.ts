import { startWorkerProcess } from '../src/worker.ts'

await startWorkerProcess({ queues: ['matching'], withRelay: false })
