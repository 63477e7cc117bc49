import { unpackWhole, type ZipEntry } from '../../../files/check-zip.ts'
import { FileRefused } from '../../../files/file-refused.ts'

/** A sheet as people see it: the name on its tab, and the entry of the archive that holds its cells. */
export type Tab = { name: string; isHidden: boolean; entry: ZipEntry }

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * The sheets in the order of their tabs. Neither the order in the archive nor the numbers of the files say it: a program that
 * saves a workbook again may leave both as they were. @throws FileRefused for an archive that is no spreadsheet
 */
export async function readTabs(bytes: Buffer, entries: readonly ZipEntry[]): Promise<Tab[]> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const workbook = byName.get('xl/workbook.xml')
  const relations = byName.get('xl/_rels/workbook.xml.rels')
  if (workbook === undefined || relations === undefined) throw noSpreadsheet()
  const targets = new Map(
    elementsOf(await textOf(bytes, relations), 'Relationship').map(({ Id, Target = '' }) => [Id, pathOf(Target)]),
  )
  const tabs = elementsOf(await textOf(bytes, workbook), 'sheet').flatMap((sheet): Tab[] => {
    const entry = byName.get(targets.get(sheet['r:id']) ?? '')
    const isHidden = sheet.state === 'hidden' || sheet.state === 'veryHidden'
    // What has no cells, as a sheet of one chart, is none to an import.
    return entry?.name.startsWith('xl/worksheets/') ? [{ name: nameOf(sheet), isHidden, entry }] : []
  })
  if (tabs.length === 0) throw noSpreadsheet()
  return tabs
}

/** Excel allows 31 characters. */
function nameOf({ name = '' }: Partial<Record<string, string>>): string {
  return name.replaceAll('\0', '').slice(0, 100).toWellFormed()
}

function noSpreadsheet(): FileRefused {
  return new FileRefused('XLSX_BROKEN', 'The archive is no spreadsheet; send an .xlsx file.')
}

/** A target is relative to the workbook's folder, or stands from the root of the archive on. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

async function textOf(bytes: Buffer, entry: ZipEntry): Promise<string> {
  return (await unpackWhole(bytes, entry)).toString('utf8')
}

/** The attributes of each such element; neither of the two parts nests them or has texts that could look like one. */
function elementsOf(xml: string, element: string): Partial<Record<string, string>>[] {
  const found = xml.matchAll(new RegExp(`<(?:\\w+:)?${element}\\s([^>]*)>`, 'g'))
  return [...found].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => {
        return [name, decoded(double ?? single ?? '')]
      }),
    ),
  )
}

function decoded(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return NAMED_ENTITIES[name] ?? all
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
