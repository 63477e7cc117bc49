import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { z } from 'zod'

const report = z.object({ adopted: z.boolean().optional(), url: z.string().optional(), code: z.string().optional() })
export type Supervisor = z.infer<typeof report> & { child: ChildProcess }

/** Inside node_modules, so that the bundle finds the packages it leaves outside. */
const bundle = fileURLToPath(new URL(`../../node_modules/.cache/hold-cluster-${process.pid}.mjs`, import.meta.url))

export async function buildSupervisor(): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(new URL('./hold-cluster.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  return bundle
}

/** Starts a second process as the supervisor of that directory and waits for its first word. */
export async function runSupervisor(dataDir: string, env: Record<string, string> = {}): Promise<Supervisor> {
  const child = spawn(process.execPath, [bundle, dataDir], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { ...report.parse(JSON.parse(String(line))), child }
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
