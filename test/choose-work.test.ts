import { describe, expect, it } from 'vitest'
import { chooseWork } from '../src/choose-work.ts'

const queues = ['matching', 'search', 'mail', 'maintenance']

describe('npm run worker -- …', () => {
  it.each([[[]], [['all']]])('%j works every queue and relays', (args) => {
    expect(chooseWork(args, queues)).toEqual({ queues, withRelay: true })
  })

  it('relay alone works no queue', () => {
    expect(chooseWork(['relay'], queues)).toEqual({ queues: [], withRelay: true })
  })

  it('names work these queues and leave the relay to another process', () => {
    expect(chooseWork(['mail', 'search'], queues)).toEqual({ queues: ['mail', 'search'], withRelay: false })
  })

  it('--except works what is left and relays, so that no queue is forgotten', () => {
    expect(chooseWork(['--except', 'matching'], queues)).toEqual({
      queues: ['search', 'mail', 'maintenance'],
      withRelay: true,
    })
  })

  it.each([
    [['serach'], /no queue "serach".*Did you mean "search"\?.*matching, search, mail, maintenance/],
    [['--except', 'all'], /no queue "all"/],
    [['--except'], /at least one queue/],
    [['all', 'mail'], /no queue "all"/],
  ])('%j is refused with what there is', (args, message) => {
    expect(() => chooseWork(args, queues)).toThrow(message)
  })
})
