import { stopOnSignal } from '../src/worker-signals.ts'

// Waits to be stopped, says why, and takes its time: the test looks at how it ends.
const keepAlive = setInterval(() => undefined, 1_000)
const signals = stopOnSignal()
process.stdout.write('ready\n')
const reason = await signals.first
process.stdout.write(`${reason}\n`)
if (process.argv[2] === 'polite') {
  clearInterval(keepAlive)
  process.exit(0)
}
