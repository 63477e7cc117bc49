import { z } from 'zod'
import { type BullmqOptions, bullmqJobQueue } from '../../../src/adapters/jobs/bullmq.ts'
import { defineJob } from '../../../src/kernel/job.ts'

// A process of its own that takes a job, says so, and never finishes it; the contract kills it then.
const input = z
  .object({
    queue: z.string(),
    backend: z.custom<BullmqOptions['backend']>(),
    timings: z.custom<BullmqOptions['timings']>(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

const quiet = () => undefined
const jobs = await bullmqJobQueue({ ...input, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } })
const probe = defineJob({
  name: 'probe.run',
  queue: input.queue,
  attempts: 1,
  payload: z.object({ key: z.string() }),
  run: () => {
    process.send?.('taken')
    return new Promise<undefined>(() => undefined)
  },
})
await jobs.work([probe], {}, { concurrency: 1 })
