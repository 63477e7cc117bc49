import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleForNode } from '../support/bundle.ts'

describe('liveUntilStopped', () => {
  let script = ''
  let child: ChildProcess | undefined
  let output = ''
  let ended: Promise<unknown[]> = Promise.resolve([])
  beforeAll(async () => {
    script = await bundleForNode('test/boot/signalled-process.ts')
  })
  afterEach(() => {
    child?.kill('SIGKILL')
  })

  async function start(manner: 'polite' | 'slow' | 'starting' | 'crashing', parent: 'terminal' | 'ipc') {
    output = ''
    const stdio = parent === 'ipc' ? ['ignore', 'pipe', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit']
    const started = spawn(process.execPath, [script, manner], { stdio: stdio as ['ignore', 'pipe', 'inherit'] })
    child = started
    ended = once(started, 'exit')
    started.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    await says('ready')
    return started
  }
  const says = (text: string) => vi.waitFor(() => expect(output).toContain(text), { timeout: 5_000 })

  it.each(['SIGTERM', 'SIGINT'] as const)('lets the process end in order after %s', async (signal) => {
    const started = await start('polite', 'terminal')
    started.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(output).toContain(signal)
  })

  it('ends at once with exit code 1 after a second signal, and gives up what it had started', async () => {
    const started = await start('slow', 'terminal')
    started.kill('SIGTERM')
    await says('SIGTERM')
    await sleep(600)
    started.kill('SIGINT')
    expect(await ended).toEqual([1, null])
    expect(output).toContain('abandoned')
  })

  it('takes one Ctrl-C that npm forwards once more for one', async () => {
    const started = await start('slow', 'terminal')
    started.kill('SIGINT')
    await says('SIGINT')
    started.kill('SIGINT')
    await sleep(200)
    expect([started.exitCode, output.includes('abandoned')]).toEqual([null, false])
  })

  it('gives up a start that is under way', async () => {
    const started = await start('starting', 'terminal')
    started.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('ends with 1 after an error that nobody caught', async () => {
    await start('crashing', 'terminal')
    expect(await ended).toEqual([1, null])
    expect(output).toContain('abandoned')
  })

  it('stops when the parent that forked it has gone', async () => {
    const started = await start('polite', 'ipc')
    started.disconnect()
    expect(await ended).toEqual([0, null])
    expect(output).toContain('parent is gone')
  })

  it('leaves Ctrl-C to its parent and takes the SIGTERM that follows as the first signal', async () => {
    const started = await start('polite', 'ipc')
    started.kill('SIGINT')
    started.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(output).toContain('SIGTERM')
  })
})
