import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../project-root.ts'

/** The version in package.json. */
export async function productVersion(): Promise<string> {
  const text = await readFile(join(projectRoot(), 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
