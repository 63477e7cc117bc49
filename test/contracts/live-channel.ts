import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LiveChannel } from '../../src/ports/live-channel.ts'

export type LiveChannelSubject = {
  /** A channel as another process would open it; in memory it is always the same one. */
  open(): LiveChannel
  /** Cuts every connection. Without it there is none to cut. */
  cut?(): Promise<void>
}

/** What streams may rely on, whatever carries the nudges. */
export function liveChannelContract(name: string, subject: LiveChannelSubject): void {
  describe(`live channel over ${name}`, () => {
    const channels: LiveChannel[] = []
    const open = () => {
      const channel = subject.open()
      channels.push(channel)
      return channel
    }
    afterEach(async () => {
      for (const channel of channels.splice(0)) await channel.close()
    })
    /** Listens, and nudges a topic of its own until the listening has begun. */
    const listening = async (channel: LiveChannel, topics: string[]) => {
      const wake = vi.fn()
      const isReady = vi.fn()
      const probe = `probe:${crypto.randomUUID()}`
      const stop = channel.listen(topics, wake)
      const stopProbe = channel.listen([probe], isReady)
      await vi.waitUntil(() => {
        channel.nudge([probe])
        return isReady.mock.calls.length > 1
      })
      stopProbe()
      wake.mockClear()
      return { wake, stop, wakes: () => wake.mock.calls.length }
    }
    const eventually = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 10 })
    /** Nudges travel in order, so when a later one has arrived, an earlier one has, too. */
    const settled = async (channel: LiveChannel) => {
      const { stop, wakes } = await listening(channel, ['settled'])
      channel.nudge(['settled'])
      await eventually(() => expect(wakes()).toBeGreaterThan(0))
      stop()
    }

    it('wakes whoever listens to a topic, in this process and in others, and nobody else', async () => {
      const [here, there] = [open(), open()]
      const one = await listening(here, ['lot:1'])
      const other = await listening(there, ['lot:1', 'lot:2'])
      const stranger = await listening(there, ['lot:3'])
      here.nudge(['lot:1'])
      await eventually(() => expect([one.wakes(), other.wakes()]).toEqual([1, 1]))
      there.nudge(['lot:2'])
      await eventually(() => expect(other.wakes()).toBe(2))
      await settled(there)
      expect([one.wakes(), stranger.wakes()]).toEqual([1, 0])
    })

    it('wakes once for many topics of one nudge, and merges a burst', async () => {
      const channel = open()
      const { wakes } = await listening(channel, ['a', 'b'])
      for (let n = 0; n < 50; n += 1) channel.nudge(['a', 'b'])
      await settled(channel)
      expect(wakes()).toBeGreaterThan(0)
      expect(wakes()).toBeLessThan(50)
    })

    it('carries more topics than fit one message', async () => {
      const [here, there] = [open(), open()]
      const topics = Array.from({ length: 550 }, (_, n) => `notifications:usr_${String(n).padStart(26, '0')}`)
      const woken = new Set<string>()
      for (const topic of topics) there.listen([topic], () => woken.add(topic))
      await listening(there, [])
      woken.clear()
      here.nudge(topics)
      await eventually(() => expect(woken.size).toBe(550))
    })

    it('wakes nobody who has left', async () => {
      const channel = open()
      const left = await listening(channel, ['a'])
      left.stop()
      left.stop()
      channel.nudge(['a'])
      await settled(channel)
      expect(left.wakes()).toBe(0)
    })

    it.skipIf(subject.cut === undefined)('wakes all after a cut, because nudges may be lost, and goes on', async () => {
      const [here, there] = [open(), open()]
      const { wake, wakes } = await listening(there, ['a'])
      await subject.cut?.()
      await eventually(() => expect(wakes()).toBeGreaterThan(0))
      wake.mockClear()
      await eventually(() => {
        here.nudge(['a'])
        expect(wakes()).toBeGreaterThan(0)
      })
    })

    it('closes while nudges are on their way', async () => {
      const channel = open()
      await listening(channel, ['a'])
      channel.nudge(['a', 'b'])
      await channel.close()
    })
  })
}
