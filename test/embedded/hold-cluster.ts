import { EmbeddedPostgresError, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { quickSettings } from './cluster-settings.ts'

/** The program of a supervisor process: starts the cluster of argv[2], reports on stdout, stays until it is killed. */
try {
  const { adopted, url } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', settings: quickSettings })
  process.stdout.write(`${JSON.stringify({ adopted, url })}\n`)
  setInterval(() => undefined, 60_000)
} catch (error) {
  const code = error instanceof EmbeddedPostgresError ? error.code : String(error)
  process.stdout.write(`${JSON.stringify({ code })}\n`)
}
