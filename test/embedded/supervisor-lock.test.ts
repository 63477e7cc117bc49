import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startTimeOf } from '../../src/embedded/process-identity.ts'
import { acquireSupervisorLock, findLockHolder } from '../../src/embedded/supervisor-lock.ts'
import { emptyDir } from './data-dir.ts'

async function dirLockedBy(holder: object | string): Promise<string> {
  const dir = await emptyDir()
  await writeFile(join(dir, 'queqiao.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder))
  return dir
}

async function holderOf(dir: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dir, 'queqiao.lock'), 'utf8'))
}

describe('acquireSupervisorLock', () => {
  it('is refused while the holder lives, and free after its release', async () => {
    const dir = await emptyDir()
    const lock = await acquireSupervisorLock(dir)
    await expect(acquireSupervisorLock(dir)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' })
    expect(await findLockHolder(dir)).toMatchObject({ pid: process.pid })
    await lock.release()
    expect(await readdir(dir)).toEqual([])
    await (await acquireSupervisorLock(dir)).release()
  })

  it.each([
    ['a process that is gone', { pid: 2 ** 30, startTime: '1', host: hostname() }],
    ['a process whose number another one has now', { pid: process.ppid, startTime: 'boot:1', host: hostname() }],
    ['a write that was cut off', '{"pid": 12'],
  ])('takes over the lock of %s', async (_, holder) => {
    const dir = await dirLockedBy(holder)
    expect(await findLockHolder(dir)).toBeUndefined()
    const lock = await acquireSupervisorLock(dir)
    expect(await holderOf(dir)).toMatchObject({ pid: process.pid })
    await lock.release()
  })

  it('is refused by a living process with the same start time', async () => {
    const holder = { pid: process.ppid, startTime: await startTimeOf(process.ppid), host: hostname() }
    const dir = await dirLockedBy(holder)
    await expect(acquireSupervisorLock(dir)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' })
    expect(await holderOf(dir)).toEqual(holder)
  })

  it('of ten that find a stale lock together exactly one gets it, in each of 20 rounds', async () => {
    const dir = await emptyDir()
    for (let round = 0; round < 20; round++) {
      await writeFile(join(dir, 'queqiao.lock'), JSON.stringify({ pid: 2 ** 30, host: hostname() }))
      const results = await Promise.allSettled(Array.from({ length: 10 }, () => acquireSupervisorLock(dir)))
      const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(locks).toHaveLength(1)
      await locks[0]?.release()
    }
    expect(await readdir(dir)).toEqual([])
  })

  it('does not wait for ever for a takeover whose process was killed', async () => {
    const dir = await dirLockedBy({ pid: 2 ** 30, host: hostname() })
    await mkdir(join(dir, 'queqiao.lock.takeover'))
    await (await acquireSupervisorLock(dir)).release()
    expect(await readdir(dir)).toEqual([])
  })

  it('is refused while another host shows a heartbeat, and taken over when it shows none', async () => {
    const dir = await dirLockedBy({ pid: 1, host: 'another-container' })
    let second = 1_000_000
    const heartbeat = setInterval(() => utimes(join(dir, 'queqiao.lock'), second, second++), 50)
    onTestFinished(() => clearInterval(heartbeat))
    await expect(acquireSupervisorLock(dir)).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
      message: expect.stringContaining('another-container'),
    })
    clearInterval(heartbeat)
    const lock = await acquireSupervisorLock(dir, { watchOtherHostMs: 300 })
    expect(await holderOf(dir)).toMatchObject({ host: hostname() })
    await lock.release()
  })
})
