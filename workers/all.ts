import { startWorkerProcess } from '../src/worker.ts'

// Everything in one process: what `npm run worker` starts, and enough for one machine.
await startWorkerProcess({ queues: 'all', withRelay: true })
