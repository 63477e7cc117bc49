import { startWorkerProcess } from '../src/worker.ts'

// `npm run worker -- <queue>…`: one part of the work, so that each queue can have as many processes as it needs.
await startWorkerProcess(process.argv.slice(2))
