import { startWorkerProcess } from '../src/worker.ts'

// Everything in one process: what `npm start` runs beside the API, and enough for one machine.
await startWorkerProcess(['all'])
