import { z } from 'zod'
import { type BullmqOptions, bullmqJobQueue } from '../../src/adapters/jobs/bullmq.ts'
import { defineJob } from '../../src/kernel/job.ts'

/** What the workers of `npm run bench:jobs` run: nothing, so that the queue itself is measured. */
export const probeJob = defineJob({
  name: 'bench.run',
  queue: 'bench',
  attempts: 1,
  payload: z.object({ key: z.string() }),
  run: async () => undefined,
})

const quiet = () => undefined
export const quietLog = { debug: quiet, info: quiet, warn: quiet, error: quiet }

const [given] = process.argv.slice(2)
if (process.send !== undefined && given !== undefined) {
  const backend = JSON.parse(given) as BullmqOptions['backend']
  const jobs = await bullmqJobQueue({ backend, log: quietLog })
  const workers = await jobs.work([probeJob], {}, { concurrency: 4 })
  process.send('ready')
  process.once('message', async () => {
    await workers.drain(5_000)
    await jobs.close()
    process.exit(0)
  })
}
