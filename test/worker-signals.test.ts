import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleForNode } from './support/bundle.ts'

describe('stopOnSignal', () => {
  let script = ''
  let child: ChildProcess | undefined
  let output = ''
  beforeAll(async () => {
    script = await bundleForNode('test/signalled-process.ts')
  })
  afterEach(() => {
    child?.kill('SIGKILL')
  })

  async function start(manner: 'polite' | 'slow', parent: 'terminal' | 'ipc') {
    output = ''
    const stdio = parent === 'ipc' ? ['ignore', 'pipe', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit']
    const started = spawn(process.execPath, [script, manner], { stdio: stdio as ['ignore', 'pipe', 'inherit'] })
    child = started
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
    expect(await once(started, 'exit')).toEqual([0, null])
    expect(output).toContain(signal)
  })

  it('ends at once with exit code 1 after a second signal', async () => {
    const started = await start('slow', 'terminal')
    started.kill('SIGTERM')
    await says('SIGTERM')
    started.kill('SIGINT')
    expect(await once(started, 'exit')).toEqual([1, null])
  })

  it('stops when the parent that forked it has gone', async () => {
    const started = await start('polite', 'ipc')
    started.disconnect()
    expect(await once(started, 'exit')).toEqual([0, null])
    expect(output).toContain('parent is gone')
  })

  it('leaves Ctrl-C to its parent and takes the SIGTERM that follows as the first signal', async () => {
    const started = await start('polite', 'ipc')
    started.kill('SIGINT')
    started.kill('SIGTERM')
    expect(await once(started, 'exit')).toEqual([0, null])
    expect(output).toContain('SIGTERM')
  })
})
