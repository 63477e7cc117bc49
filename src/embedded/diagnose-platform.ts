import { type Finding, ok, problem } from './finding.ts'
import { locateBinaries } from './platform-binaries.ts'
import { findMissingSymlinks, repairCommand } from './symlinks.ts'

const minimumNode = [20, 19] as const
/** The binaries are built on Ubuntu 18.04. */
const minimumGlibc = [2, 27] as const

export function diagnoseNode(version = process.versions.node): Finding[] {
  if (isAtLeast(version, minimumNode)) return [ok('node', `version ${version}`)]
  const fix = 'install Node.js 22 LTS (nvm install 22, or the image node:22-bookworm-slim)'
  return [problem('node', `version ${version} is older than ${minimumNode.join('.')}`, fix)]
}

export function diagnosePlatform(glibc = readGlibcVersion()): Finding[] {
  const name = `${process.platform}-${process.arch}`
  if (process.platform !== 'linux') return [ok('platform', name)]
  if (glibc && isAtLeast(glibc, minimumGlibc)) return [ok('platform', `${name}, glibc ${glibc}`)]
  const found = glibc ? `glibc ${glibc} is older than ${minimumGlibc.join('.')}` : 'no glibc (musl?)'
  return [problem('platform', `${name}, ${found}`, 'use a Debian image (node:22-bookworm-slim), or set DATABASE_URL')]
}

export async function diagnoseBinaries(): Promise<Finding[]> {
  const binaries = await locateBinaries()
  const missing = await findMissingSymlinks(binaries.nativeDir)
  const version = ok('binaries', `PostgreSQL ${binaries.majorVersion} from ${binaries.packageName}`)
  if (missing.length === 0) return [version, ok('library links', 'all present')]
  const detail = `${missing.length} are missing, first ${missing[0]?.path} (a start with write access repairs them)`
  return [version, problem('library links', detail, repairCommand(binaries.nativeDir))]
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split('.').map(Number)
  return foundMajor > major || (foundMajor === major && foundMinor >= minor)
}

function readGlibcVersion(): string | undefined {
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report)) return undefined
  const { header } = report
  if (typeof header !== 'object' || header === null || !('glibcVersionRuntime' in header)) return undefined
  return String(header.glibcVersionRuntime)
}
