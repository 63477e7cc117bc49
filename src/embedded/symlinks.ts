import { randomUUID } from 'node:crypto'
import { readFile, rename, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { EmbeddedPostgresError, errorCode } from './errors.ts'

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Makes the library links that npm cannot ship (libpq.so.5 -> libpq.so.5.18). The package does it in a
 * postinstall script, which npm 12, pnpm and --ignore-scripts skip; so every boot checks. All links
 * present costs 14 stat calls, below 2 ms.
 */
export async function ensureSymlinks(nativeDir: string): Promise<{ created: number }> {
  const missing = await findMissingSymlinks(nativeDir)
  for (const link of missing) await createSymlink(nativeDir, link)
  return { created: missing.length }
}

export type MissingSymlink = { path: string; pointsTo: string }

export async function findMissingSymlinks(nativeDir: string): Promise<MissingSymlink[]> {
  const links = await readSymlinkList(nativeDir)
  const checked = await Promise.all(
    links.map(async ({ source, target }) => {
      const path = join(dirname(nativeDir), target)
      return { path, pointsTo: relative(dirname(target), source), resolves: await resolves(path) }
    }),
  )
  return checked.filter((link) => !link.resolves).map(({ path, pointsTo }) => ({ path, pointsTo }))
}

async function readSymlinkList(nativeDir: string): Promise<z.infer<typeof symlinkList>> {
  try {
    return symlinkList.parse(JSON.parse(await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [] // the Windows package has no links
    throw new EmbeddedPostgresError(
      'BINARIES_INCOMPLETE',
      { message: `${join(nativeDir, 'pg-symlinks.json')} cannot be read.`, fix: 'rm -rf node_modules && npm ci' },
      { cause: error },
    )
  }
}

/** A dangling link counts as missing; a plain copy of the library (made by some image builders) does not. */
async function resolves(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Made beside and renamed into place, so that two processes booting together never see a half-made link. */
async function createSymlink(nativeDir: string, link: MissingSymlink): Promise<void> {
  const temporary = `${link.path}.${randomUUID()}`
  try {
    if (!(await resolves(join(dirname(link.path), link.pointsTo)))) throw brokenTarget(link)
    await symlink(link.pointsTo, temporary)
    await rename(temporary, link.path)
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error
    throw new EmbeddedPostgresError(
      'BINARIES_INCOMPLETE',
      {
        message: `The library link ${basename(link.path)} is missing and cannot be made in ${dirname(link.path)} (${errorCode(error) ?? String(error)}).`,
        fix: `run "${repairCommand(nativeDir)}" once as a user who may write node_modules (in an image: while building it)`,
      },
      { cause: error },
    )
  }
}

function brokenTarget(link: MissingSymlink): EmbeddedPostgresError {
  return new EmbeddedPostgresError('BINARIES_INCOMPLETE', {
    message: `The library ${join(dirname(link.path), link.pointsTo)} is missing from node_modules.`,
    fix: 'rm -rf node_modules && npm ci',
  })
}

/** The package's own script, run from its directory: it works without network and without npm's script rules. */
export function repairCommand(nativeDir: string): string {
  return `cd ${dirname(nativeDir)} && node scripts/hydrate-symlinks.js`
}
