import { parseIpc } from '../../../../kernel/ipc.ts'

/** Section, class, subclass, main group, subgroup as far as the symbol goes; a malformed symbol has no path. */
export function ipcPath(symbol: string): string[] {
  const ipc = parseIpc(symbol)
  if (!ipc.ok) return []
  const levels = [ipc.section, ipc.class, ipc.subclass]
  if (ipc.mainGroup === undefined) return levels
  levels.push(`${ipc.subclass}${ipc.mainGroup}/00`)
  return ipc.subgroup === '00' ? levels : [...levels, ipc.normalised]
}
