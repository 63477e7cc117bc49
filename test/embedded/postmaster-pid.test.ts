import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPostmasterState } from '../../src/embedded/postmaster-pid.ts'

const run = promisify(execFile)
let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'queqiao-pid-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const named = (pid: number) => writeFile(join(dir, 'postmaster.pid'), `${pid}\n${dir}\n0\n5432\n`)

describe('the process that postmaster.pid names', () => {
  it('is none of ours when the id is free, and foreign when it is another program’s', async () => {
    await named(2 ** 22 + 1)
    expect(await readPostmasterState(dir)).toEqual({ kind: 'none' })
    await named(process.pid)
    expect(await readPostmasterState(dir)).toEqual({ kind: 'foreign', pid: process.pid })
  })

  it.runIf(process.platform === 'linux')('is foreign as a zombie, for which PostgreSQL would not start', async () => {
    // `exec` puts a program in the place of the shell that never asks how the child in the background ended.
    const parent = spawn('sh', ['-c', 'sleep 0 & exec sleep 60'])
    try {
      const pid = await vi.waitFor(async () => {
        const { stdout } = await run('ps', ['-o', 'pid=,stat=', '--ppid', String(parent.pid)])
        const [id, state] = stdout.trim().split(/\s+/)
        expect(state).toMatch(/^Z/)
        return Number(id)
      })
      await named(pid)
      expect(await readPostmasterState(dir)).toEqual({ kind: 'foreign', pid })
    } finally {
      parent.kill('SIGKILL')
    }
  })
})
