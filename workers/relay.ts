import { startWorkerProcess } from '../src/worker.ts'

// Relays events, keeps the schedules, and works the small queues that have no entry file of their own.
await startWorkerProcess({ queues: { except: ['matching', 'search', 'review', 'notifications'] }, withRelay: true })
