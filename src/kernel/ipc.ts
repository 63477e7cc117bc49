import { z } from 'zod'
import { normaliseCode } from './half-width.ts'

export type IpcRefusal = 'section' | 'class' | 'subclass' | 'form' | 'main_group' | 'subgroup'

export type IpcSymbol = {
  /** `H` */
  section: string
  /** `H01` */
  class: string
  /** `H01M` */
  subclass: string
  /** `10`; absent when the symbol names a whole subclass. */
  mainGroup?: string
  /** `0525`; `00` is the main group itself. */
  subgroup?: string
  /** `H01M10/0525` or `H01M`; the one spelling that is stored. */
  normalised: string
  /** 14 characters of WIPO ST.8: subclass, main group with leading zeros, subgroup with trailing zeros. */
  sortKey: string
}
export type IpcParse = ({ ok: true } & IpcSymbol) | { ok: false; reason: IpcRefusal }

/**
 * Reads a symbol of the International Patent Classification as WIPO ST.8 writes it: `H01M 10/0525` or the subclass alone.
 * Section Y exists only in the CPC and is refused. The main group has up to four digits (`B29K105/00`), the subgroup two to
 * six. It checks the form; whether WIPO ever defined the place is not known here.
 */
export function parseIpc(text: string): IpcParse {
  const symbol = normaliseCode(text)
  const match = /^([A-H])(\d{2})([A-Z])(?:(\d{1,4})\/(\d{2,6}))?$/.exec(symbol)
  if (!match) return { ok: false, reason: refusalOf(symbol) }
  const [, section = '', digits = '', letter = '', group, sub] = match
  const place = { section, class: section + digits, subclass: section + digits + letter }
  if (digits === '00') return { ok: false, reason: 'class' }
  if (group === undefined || sub === undefined) {
    return { ok: true, ...place, normalised: place.subclass, sortKey: place.subclass.padEnd(14, '0') }
  }
  const mainGroup = group.replace(/^0+/, '')
  if (mainGroup === '') return { ok: false, reason: 'main_group' }
  // Subgroups are read like decimals, so zeros after the second digit add nothing: 0525 and 052500 are one place.
  const subgroup = sub.slice(0, 2) + sub.slice(2).replace(/0+$/, '')
  const sortKey = place.subclass + mainGroup.padStart(4, '0') + subgroup.padEnd(6, '0')
  return { ok: true, ...place, mainGroup, subgroup, normalised: `${place.subclass}${mainGroup}/${subgroup}`, sortKey }
}

/** A string that holds an IPC symbol; accepts any spelling that `parseIpc` accepts and yields the normalised one. */
export const ipcSchema = z
  .string()
  .overwrite((text) => {
    const parsed = parseIpc(text)
    return parsed.ok ? parsed.normalised : text
  })
  .superRefine((text, context) => {
    const parsed = parseIpc(text)
    if (!parsed.ok) context.addIssue({ code: 'custom', message: refusalTexts[parsed.reason] })
  })
  .meta({ description: 'IPC symbol, WIPO ST.8: subclass or full symbol.', examples: ['H01M10/0525', 'H01M'] })

const refusalTexts: Record<IpcRefusal, string> = {
  section: 'IPC symbol (WIPO ST.8): the section must be A–H; section Y exists only in the CPC',
  class: 'IPC symbol (WIPO ST.8): the class must be two digits from 01, as in H01M',
  subclass: 'IPC symbol (WIPO ST.8): name at least the subclass, H01M rather than H01',
  form: 'IPC symbol (WIPO ST.8): must look like H01M10/0525 or H01M',
  main_group: 'IPC symbol (WIPO ST.8): the main group must be one to four digits and not 0',
  subgroup: 'IPC symbol (WIPO ST.8): the subgroup must be two to six digits; the main group itself is written /00',
}

/** The first level, read from the left, that breaks the form. */
function refusalOf(symbol: string): IpcRefusal {
  if (!/^[A-H]/.test(symbol)) return 'section'
  if (!/^.\d{2}/.test(symbol)) return 'class'
  if (!/^.{3}[A-Z]/.test(symbol)) return 'subclass'
  if (!symbol.includes('/')) return 'form'
  if (!/^.{4}\d{1,4}\//.test(symbol)) return 'main_group'
  return 'subgroup'
}
