import { describe, expect, it } from 'vitest'
import { limitConcurrency, takeTurns } from '../../src/kernel/turns.ts'

/** A task that ends when the test says so. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

describe('limitConcurrency', () => {
  it('never runs more than its width and finishes everything, failures included', async () => {
    const run = limitConcurrency(2, 100)
    let running = 0
    let most = 0
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        run(async () => {
          running += 1
          most = Math.max(most, running)
          await Promise.resolve()
          running -= 1
          if (index % 3 === 0) throw new Error('no')
          return index
        }),
      ),
    )
    expect(most).toBe(2)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(13)
  })

  it('refuses with 503 when too many wait, and takes tasks again afterwards', async () => {
    const run = limitConcurrency(1, 1)
    const { open, opened } = gate()
    const first = run(() => opened)
    const second = run(() => Promise.resolve('second'))
    await expect(run(() => Promise.resolve())).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    open()
    await first
    expect(await second).toBe('second')
    expect(await run(() => Promise.resolve('third'))).toBe('third')
  })
})

describe('takeTurns', () => {
  it('runs tasks of one key in order, and those of another beside them', async () => {
    const inTurn = takeTurns()
    const { open, opened } = gate()
    const order: string[] = []
    const note = (name: string) => async () => {
      order.push(name)
    }
    const slow = inTurn('a', () => opened.then(note('a1')))
    const next = inTurn('a', note('a2'))
    await inTurn('b', note('b1'))
    open()
    await Promise.all([slow, next])
    expect(order).toEqual(['b1', 'a1', 'a2'])
  })

  it('goes on after a failure', async () => {
    const inTurn = takeTurns()
    const failing = inTurn('a', () => Promise.reject(new Error('no')))
    const next = inTurn('a', () => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
