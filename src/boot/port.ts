import { createServer } from 'node:net'

/** Refuses early, before a database is started for nothing. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host, exclusive: true }, resolve)
    })
  } catch (error) {
    throw new StartError(describe(error as NodeJS.ErrnoException, port, host))
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Something a person can put right; start-up prints the sentence and exits with 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

function describe(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken. Stop the other program, or start with another: PORT=${port + 1} npm start`
  if (error.code === 'EACCES') return `Port ${port} needs privileges. Choose one above 1023: PORT=3000 npm start`
  if (error.code === 'EADDRNOTAVAIL')
    return `This machine has no address ${host}. Set HOST to one it has, for example HOST=127.0.0.1`
  return `Cannot listen on ${host}:${port}: ${error.message}`
}
