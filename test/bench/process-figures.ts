import { readdir, readFile } from 'node:fs/promises'

const ticksPerSecond = 100

/** Resident memory and open files of a process, from /proc. */
export async function footprintOf(pid: number): Promise<{ memoryMb: number; openFiles: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const memoryMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
  return { memoryMb, openFiles: (await readdir(`/proc/${pid}/fd`)).length }
}

/** Seconds of processor time that a process, its children and those of them that have ended have used. */
export async function processorSecondsOf(pid: number): Promise<number> {
  const stats = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(statOf))
  const own = stats.find((stat) => stat?.pid === pid)
  const children = stats.filter((stat) => stat?.parent === pid)
  const ticks =
    (own?.ticks ?? 0) + (own?.ticksOfEnded ?? 0) + children.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0)
  return ticks / ticksPerSecond
}

/** Seconds that all processors of the machine were busy. */
export async function machineSeconds(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n')
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, soft = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + interrupts + soft) / ticksPerSecond
}

type Stat = { pid: number; parent: number; ticks: number; ticksOfEnded: number }

/** Undefined for a process that has ended meanwhile. */
async function statOf(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name before the last bracket may hold anything.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  if (fields === undefined) return undefined
  const [, parent = 0] = fields
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
  return { pid: Number(pid), parent, ticks: user + system, ticksOfEnded: endedUser + endedSystem }
}
