import { startWorkerProcess } from '../src/worker.ts'

await startWorkerProcess({ queues: ['search'], withRelay: false })
