import { readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { systemClock } from '../kernel/clock.ts'
import { EmbeddedPostgresError, errorCode, explainFileError } from './errors.ts'
import { isAlive, startTimeOf } from './process-identity.ts'

const lockContent = z.object({ pid: z.number().int(), startTime: z.string().optional(), host: z.string() })
export type LockHolder = z.infer<typeof lockContent>
export type SupervisorLock = { release(): Promise<void> }

/** A holder on another host (a second container on the same volume) is seen only by its heartbeat. */
const heartbeatMs = 3_000
const defaultWatchMs = 8_000

/**
 * One supervisor per DATA_DIR. A lock whose process is gone is taken over at once; one of another host
 * is watched for 8 s (more than two heartbeats), because two postmasters on one volume destroy the data.
 */
export async function acquireSupervisorLock(
  dataDir: string,
  { watchOtherHostMs = defaultWatchMs } = {},
): Promise<SupervisorLock> {
  const path = lockPath(dataDir)
  const own: LockHolder = { pid: process.pid, startTime: await startTimeOf(process.pid), host: hostname() }
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await createLock(path, own)) return holdLock(path, own)
    const text = await readFile(path, 'utf8').catch(() => '')
    const holder = parseHolder(text)
    if (holder && (await isHeld(path, holder, watchOtherHostMs))) throw inUse(path, holder)
    // An unreadable lock may be one that is being written this very moment.
    if (!holder && attempt === 0) await wait(50)
    else await removeStaleLock(path, text)
  }
  throw inUse(path, undefined)
}

/** Who holds the directory now; undefined when nobody lives who does. Never writes (doctor uses it). */
export async function findLockHolder(dataDir: string): Promise<LockHolder | undefined> {
  const holder = parseHolder(await readFile(lockPath(dataDir), 'utf8').catch(() => ''))
  if (!holder) return undefined
  return holder.host !== hostname() || (await isSameProcess(holder)) ? holder : undefined
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'queqiao.lock')
}

async function createLock(path: string, own: LockHolder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw explainFileError(error, dirname(path))
  }
}

function holdLock(path: string, own: LockHolder): SupervisorLock {
  const heartbeat = setInterval(() => {
    const now = systemClock.now()
    utimes(path, now, now).catch(() => undefined)
  }, heartbeatMs)
  heartbeat.unref()
  return {
    async release() {
      clearInterval(heartbeat)
      const holder = parseHolder(await readFile(path, 'utf8').catch(() => ''))
      if (holder && JSON.stringify(holder) === JSON.stringify(own)) await rm(path, { force: true })
    },
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    return lockContent.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

async function isHeld(path: string, holder: LockHolder, watchOtherHostMs: number): Promise<boolean> {
  return holder.host === hostname() ? isSameProcess(holder) : showsHeartbeat(path, watchOtherHostMs)
}

async function isSameProcess(holder: LockHolder): Promise<boolean> {
  if (!(await isAlive(holder.pid))) return false
  const startTime = await startTimeOf(holder.pid)
  return holder.startTime === undefined || startTime === undefined || startTime === holder.startTime
}

/** Compares the file with itself, not with our clock, so that clocks of two hosts may differ. */
async function showsHeartbeat(path: string, watchOtherHostMs: number): Promise<boolean> {
  const before = await stat(path).catch(() => undefined)
  const deadline = AbortSignal.timeout(watchOtherHostMs)
  while (before && !deadline.aborted) {
    await wait(250)
    const now = await stat(path).catch(() => undefined)
    if (!now) return false
    if (now.mtimeMs !== before.mtimeMs) return true
  }
  return false
}

/** Moved aside before it is judged: of two processes that saw the same stale lock only one moves that file. */
async function removeStaleLock(path: string, staleText: string): Promise<void> {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw explainFileError(error, dirname(path))
  }
  const moved = await readFile(aside, 'utf8').catch(() => '')
  if (moved === staleText) return unlink(aside)
  await rename(aside, path)
  await wait(50)
}

function inUse(path: string, holder: LockHolder | undefined): EmbeddedPostgresError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
  return new EmbeddedPostgresError('DATA_DIR_IN_USE', {
    message: `${dirname(path)} is in use by another Queqiao (${who}).`,
    fix: 'stop that one first, or start this one with another DATA_DIR',
  })
}
