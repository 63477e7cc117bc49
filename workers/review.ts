import { startWorkerProcess } from '../src/worker.ts'

await startWorkerProcess({ queues: ['review'], withRelay: false })
