import { startApi } from './boot/api-server.ts'
import { liveUntilStopped } from './boot/lifecycle.ts'
import { ConfigError, readConfig } from './config.ts'
import { environment } from './environment.ts'
import { createLog } from './log.ts'

/** One API process on an external database (`npm run api`); migrations run before it as a step of their own. */
async function serve(): Promise<void> {
  const config = readConfig(environment())
  const log = createLog(config, 'queqiao-api')
  await liveUntilStopped({
    log,
    start: async () => {
      const api = await startApi(config, { log, drainDelayMs: 5_000 })
      log.info({ url: api.url }, 'listening')
      return api
    },
  })
}

await serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof ConfigError ? 78 : 1)
})
