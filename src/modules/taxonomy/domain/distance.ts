import { parseIpc } from '../../../kernel/ipc.ts'

/** 0 same county, 1 same city, 2 same province, 3 other or unreadable. */
export type RegionDistance = 0 | 1 | 2 | 3
/** 0 same division, 1 same section, 2 other or unreadable. */
export type IndustryDistance = 0 | 1 | 2
/** 0 same main group, 1 same subclass, 2 same class, 3 same section, 4 other or unreadable. */
export type IpcDistance = 0 | 1 | 2 | 3 | 4

/** Municipalities are a province and a city at once: their districts (01) and counties (02) are one city. */
const municipalities = new Set(['11', '12', '31', '50'])

/**
 * Distance of two GB/T 2260 codes by prefix; it needs no table, so abolished and unlisted codes work too. It states only
 * what both codes say: 330200 against itself is the same city (1), since neither names a county.
 */
export function regionDistance(a: string, b: string): RegionDistance {
  if (!isDivisionCode(a) || !isDivisionCode(b) || a.slice(0, 2) !== b.slice(0, 2)) return 3
  if (a === b && !a.endsWith('00')) return 0
  return cityOf(a) !== undefined && cityOf(a) === cityOf(b) ? 1 : 2
}

/** Distance of two GB/T 4754-2017 codes. Groups and classes below the division (`C3841`) are not told apart. */
export function industryDistance(a: string, b: string): IndustryDistance {
  if (!isIndustryCode(a) || !isIndustryCode(b) || a.charAt(0) !== b.charAt(0)) return 2
  return a.length >= 3 && a.slice(0, 3) === b.slice(0, 3) ? 0 : 1
}

/** Distance of two IPC places by the finest level both name; accepts symbols, subclasses, classes and sections. */
export function ipcDistance(a: string, b: string): IpcDistance {
  const levelsA = ipcLevels(a)
  const levelsB = ipcLevels(b)
  const shared = levelsA.filter((level, i) => level === levelsB[i]).length
  const distances: readonly IpcDistance[] = [4, 3, 2, 1, 0]
  return distances[shared] ?? 4
}

/** Section, class, subclass and main group, as far as the text names them; each level repeats the ones above. */
function ipcLevels(text: string): string[] {
  const parsed = parseIpc(text)
  if (parsed.ok) {
    const levels = [parsed.section, parsed.class, parsed.subclass]
    return parsed.mainGroup === undefined ? levels : [...levels, parsed.sortKey.slice(0, 8)]
  }
  const coarse = /^([A-H])(\d{2})?$/.exec(text)
  return coarse?.[1] === undefined ? [] : [coarse[1], ...(coarse[2] === undefined ? [] : [text])]
}

/** The city that a code names. 90 in the third and fourth place marks counties under the province, which share no city. */
function cityOf(code: string): string | undefined {
  const province = code.slice(0, 2)
  if (municipalities.has(province)) return province
  const city = code.slice(2, 4)
  return city === '00' || city === '90' ? undefined : province + city
}

function isDivisionCode(code: string): boolean {
  return /^\d{6}$/.test(code)
}

function isIndustryCode(code: string): boolean {
  return /^[A-T](\d{2,4})?$/.test(code)
}
