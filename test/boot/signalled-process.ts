import { liveUntilStopped } from '../../src/boot/lifecycle.ts'

const [, , manner] = process.argv
const say = (text: string) => process.stdout.write(`${text}\n`)
const log = { debug: () => {}, info: (fields: object) => say(JSON.stringify(fields)), warn: () => {}, error: () => {} }

// Waits to be stopped, says why, and takes its time: the test looks at how it ends.
await liveUntilStopped({
  log,
  start: async (stopping) => {
    setInterval(() => undefined, 1_000)
    say('ready')
    if (manner === 'starting') await new Promise((resolve) => stopping.addEventListener('abort', resolve))
    stopping.throwIfAborted()
    if (manner === 'crashing') setTimeout(() => void Promise.reject(new Error('nobody catches this')), 10)
    return { stop: () => (manner === 'slow' ? new Promise(() => undefined) : Promise.resolve()) }
  },
  abandon: () => say('abandoned'),
  followsParent: process.connected === true,
})
