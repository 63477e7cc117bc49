import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { cancel, type Job } from '../src/kernel/job.ts'
import { measureJobs } from '../src/measure-jobs.ts'
import { serveWorkerMetrics } from '../src/worker-metrics.ts'

it('a worker shows how its jobs ended, and that it lives', async () => {
  const registry = new Registry()
  const failing: Job<object> = {
    name: 'probe.fail',
    queue: 'probe',
    execute: () => Promise.reject(new Error('broken')),
  }
  const leaving: Job<object> = { name: 'probe.leave', queue: 'probe', execute: async () => cancel('gone') }
  const [fail, leave] = measureJobs([failing, leaving], registry)
  await expect(fail?.execute({}, {})).rejects.toThrow('broken')
  await leave?.execute({}, {})
  const server = await serveWorkerMetrics(registry, { port: 0, host: '127.0.0.1' })
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
  const text = await (await get('/metrics')).text()
  expect(text).toContain('job_duration_seconds_count{job="probe.fail",outcome="failed"} 1')
  expect(text).toContain('job_duration_seconds_count{job="probe.leave",outcome="cancel"} 1')
  expect([(await get('/livez')).status, (await get('/else')).status]).toEqual([200, 404])
  await server.close()
})
