import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** A script that Node 20 can fork: it runs no TypeScript, and the bundle lies where its imports find our packages. */
export async function bundleForNode(entry: string): Promise<string> {
  const outfile = join('node_modules', '.cache', 'queqiao', `${basename(entry, '.ts')}-${process.pid}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  })
  return outfile
}
