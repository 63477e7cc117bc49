import { execFile } from 'node:child_process'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'
import { errorCode } from './errors.ts'

const run = promisify(execFile)

/** A zombie counts as dead: in a container whose pid 1 reaps nobody it would otherwise "live" for ever. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!signalReaches(pid)) return false
  return (await readProcStat(pid))?.state !== 'Z'
}

/** Process ids are reused; id plus start time is not. Undefined where the system does not tell (Windows). */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    // Ticks count from boot, and a machine that boots alike twice gives equal ids and ticks.
    const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    return `${bootId.trim()}:${(await readProcStat(pid))?.startTicks}`
  }
  return readProcessList(pid, 'lstart=')
}

/** True only when the process is a postgres working in this data directory. */
export async function isPostgresOf(pid: number, clusterDir: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  const command = await commandLineOf(pid)
  if (!/postgres/.test(command)) return false
  const here = await realpath(clusterDir).catch(() => clusterDir)
  // The postmaster changes into its data directory; the link is unreadable for another non-root user.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return cwd === undefined ? command.includes(here) || command.includes(clusterDir) : cwd === here
}

/** Whether the system still has a process under the id, be it a zombie: all that PostgreSQL asks before it trusts a pid file. */
export function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Field 2 is the program name in brackets and may hold spaces, so the fields are counted after the last bracket. */
async function readProcStat(
  pid: number,
): Promise<{ state: string | undefined; startTicks: string | undefined } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0], startTicks: fields[19] }
}

async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return text.replaceAll('\0', ' ')
  }
  return (await readProcessList(pid, 'command=')) ?? ''
}

async function readProcessList(pid: number, column: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const { stdout } = await run('ps', ['-p', String(pid), '-o', column]).catch(() => ({ stdout: '' }))
  return stdout.trim() || undefined
}
