import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { explainFileError } from './errors.ts'

/**
 * The port of the last run when it is free, else a new one, remembered in DATA_DIR/postgres.port.
 * Chosen below the ephemeral range (Linux: from 32768), whose ports outgoing connections take at any moment.
 */
export async function choosePort(dataDir: string): Promise<number> {
  const path = join(dataDir, 'postgres.port')
  const remembered = Number(await readFile(path, 'utf8').catch(() => ''))
  if (remembered > 0 && remembered < 65_536 && (await isPortFree(remembered, '127.0.0.1'))) return remembered
  const port = await findFreePort()
  await writeFile(path, `${port}\n`).catch((error: unknown) => {
    throw explainFileError(error, dataDir)
  })
  return port
}

export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await tryPort(port, host)) === port
}

async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await tryPort(randomInt(20_000, 30_000), '127.0.0.1')
    if (port !== undefined) return port
  }
  return (await tryPort(0, '127.0.0.1')) ?? 25_432
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
