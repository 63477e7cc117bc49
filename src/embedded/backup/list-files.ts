import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../errors.ts'

/** A path below the directory that was listed, with `/`. */
export type Listed = { path: string; kind: 'file' | 'directory' }

/** Their content belongs to the running server and is made anew at its start; the directories must be there. */
const emptied = new Set(
  'pg_wal pg_dynshmem pg_notify pg_replslot pg_serial pg_snapshots pg_stat_tmp pg_subtrans'.split(' '),
)
const skippedFiles = /^(postmaster\.(pid|opts)|pg_internal\.init.*|backup_label(\.old)?|tablespace_map(\.old)?)$/
/** Temporary tables and sort files end with their session. */
const temporary = /^(pgsql_tmp.*|t\d+_\d+.*)$/
const controlFile = 'global/pg_control'

/**
 * The files of a cluster that belong into a copy, as PostgreSQL's manual lists them (26.3.4). The control file comes last, as in
 * pg_basebackup.
 */
export function listClusterFiles(clusterDir: string): Listed[] {
  const all = walk(clusterDir, ({ path, name }) => {
    const [top = '', ...below] = path.split('/')
    if (emptied.has(top) && below.length > 0) return top === 'pg_wal' && isDirectoryOfWal(path)
    return !skippedFiles.test(name) && !temporary.test(name) && path !== controlFile
  })
  return [...all, { path: controlFile, kind: 'file' }]
}

function isDirectoryOfWal(path: string): boolean {
  return path === 'pg_wal/archive_status' || path === 'pg_wal/summaries'
}

/** The segments of the log from the first to the last that a copy needs. Names of one length sort like their numbers. */
export function listWalFiles(
  clusterDir: string,
  { firstWal, lastWal }: { firstWal: string; lastWal: string },
): Listed[] {
  return readdirSync(join(clusterDir, 'pg_wal'))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= firstWal && name <= lastWal)
    .sort()
    .map((name) => ({ path: `pg_wal/${name}`, kind: 'file' }))
}

/** Where a backup is unpacked, and what the former content of DATA_DIR moves to. */
export const stagingPrefix = 'restore.new-'
export const replacedPrefix = 'replaced-'
/** What no installation misses when it is not there. */
export const isPassing = (name: string) => /^(queqiao\.lock|restore\.new-|replaced-)/.test(name)

const notOfTheData = /^postgres($|\.(log|port|new-))/

/** Everything else in DATA_DIR: secrets, attachments, demo accounts, and what later releases put there. */
export function listOtherFiles(dataDir: string): Listed[] {
  return walk(dataDir, ({ path }) => !notOfTheData.test(path) && !isPassing(path))
}

/** None in a directory that has gone meanwhile. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

type Found = { path: string; name: string }

/** Directories before what is in them. What is neither file nor directory (a link, a socket) is left out. */
function walk(root: string, isWanted: (found: Found) => boolean, below = ''): Listed[] {
  const kindOf = (entry: Dirent) => (entry.isDirectory() ? 'directory' : entry.isFile() ? 'file' : undefined)
  return entriesOf(join(root, below)).flatMap((entry): Listed[] => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    const kind = kindOf(entry)
    if (kind === undefined || !isWanted({ path, name: entry.name })) return []
    return [{ path, kind }, ...(kind === 'directory' ? walk(root, isWanted, path) : [])]
  })
}
