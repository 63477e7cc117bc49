import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Queqiao as a user starts it: `npm start` in a process of its own, on a data directory of its own. */
export type Product = {
  url: string
  pid: number
  dataDir: string
  output(): string
  /** Ends it like Ctrl-C does. @returns the exit code. */
  stop(): Promise<number | null>
  /** Ends the supervisor with kill -9, as a power cut or the out-of-memory killer would. */
  kill(): Promise<void>
}

type StartOptions = { dataDir: string; port: number; env?: Record<string, string> }

export async function buildProduct(): Promise<void> {
  await run('npm', ['run', 'build', '--silent'])
}

/** Starts and waits for the line that says where it is ready. @throws with the output when it ends before. */
export async function startProduct({ dataDir, port, env }: StartOptions): Promise<Product> {
  const child = launch({ dataDir, port, env })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stderr?.on('data', collect)
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      collect(chunk)
      if (output.includes('is ready at')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    dataDir,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL')
    },
  }
}

/** Starts what is expected to refuse. @returns its exit code and what it said. */
export async function startRefused(options: StartOptions): Promise<{ code: number | null; output: string }> {
  const child = launch(options)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

function launch({ dataDir, port, env }: StartOptions): ChildProcess {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))
  return spawn(process.execPath, ['--enable-source-maps', 'dist/src/start.js'], {
    env: { ...clean, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The processes that still work on a data directory: PostgreSQL names it on its command line. */
export async function processesOn(dataDir: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'pid,args'])
  return stdout.split('\n').filter((line) => line.includes(dataDir))
}

/** The shell blocks of the README's tour, on another port and data directory. */
export async function readmeTour(product: Product): Promise<string> {
  const readme = await readFile('README.md', 'utf8')
  const blocks = [...readme.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, code]) => code ?? '')
  const tour = blocks.filter((code) => !code.includes('npm ci')).join('\n')
  return tour
    .replaceAll('http://localhost:3000', product.url)
    .replaceAll('data/demo-credentials.json', join(product.dataDir, 'demo-credentials.json'))
}
