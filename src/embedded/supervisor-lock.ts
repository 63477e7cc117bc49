import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises'
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
/** At 20 ms each, 2 s: half of it for a takeover by others, half after their guard was judged forgotten. */
const attempts = 100

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
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await createLock(path, own)) return holdLock(path, own)
    const text = await readFile(path, 'utf8').catch(() => '')
    const holder = parseHolder(text)
    if (holder && (await isHeld(path, holder, watchOtherHostMs))) throw inUse(path, holder)
    await removeStaleLock(path, text, attempt === attempts / 2)
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

/** A link appears with its whole content or not at all, so nobody ever reads a lock that is half written. */
async function createLock(path: string, own: LockHolder): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, JSON.stringify(own), { flag: 'wx', mode: 0o644 })
    await link(draft, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw explainFileError(error, dirname(path))
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
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

/**
 * Of several processes that judged the same lock stale one at a time may remove it, and only while it is
 * still that lock; otherwise the second would remove the fresh lock of the first. A guard that stays for
 * a second was left by a process that was killed between two system calls.
 */
async function removeStaleLock(path: string, staleText: string, isGuardForgotten: boolean): Promise<void> {
  const guard = `${path}.takeover`
  try {
    await mkdir(guard)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw explainFileError(error, dirname(path))
    await wait(20)
    if (isGuardForgotten) await rmdir(guard).catch(() => undefined)
    return
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === staleText) await unlink(path)
  } finally {
    await rmdir(guard).catch(() => undefined)
  }
}

function inUse(path: string, holder: LockHolder | undefined): EmbeddedPostgresError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
  return new EmbeddedPostgresError('DATA_DIR_IN_USE', {
    message: `${dirname(path)} is in use by another Queqiao (${who}).`,
    fix: 'stop that one first, or start this one with another DATA_DIR',
  })
}
