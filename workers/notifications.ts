import { startWorkerProcess } from '../src/worker.ts'

await startWorkerProcess({ queues: ['notifications'], withRelay: false })
