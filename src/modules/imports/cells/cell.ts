import { readAmount, unitOf } from '../domain/amount.ts'
import { readDay } from '../domain/day.ts'
import { isSplittable, type ListStyle, readFlag, readNumber, splitList } from '../domain/plain-values.ts'
import { type Reading, read, refuse } from '../domain/reading.ts'

/** How values of one kind stand in a cell: `read` takes what people write, and understands everything that `write` writes. */
export type Cell = {
  /** `unit` is what the header says in brackets. */
  read(text: string, unit: string | undefined): Reading<unknown>
  write(value: unknown): string
  /** For the second sheet of the templates. */
  hint: string
}

export const textCell: Cell = { read: (text) => read(text.trim()), write: String, hint: '文字' }

export const dayCell: Cell = { read: readDay, write: String, hint: '日期，如 2027-06-30' }

export const flagCell: Cell = { read: readFlag, write: (value) => (value === true ? '是' : '否'), hint: '是 或 否' }

export const numberCell: Cell = { read: readNumber, write: String, hint: '数字' }

/** Money: the header or the cell says in which unit; written in fen, which is exact. */
export const amountCell: Cell = {
  read: (text, unit) => readAmount(text, unitOf(unit)),
  write: (fen) => `${String(fen)}分`,
  hint: '金额，如 50万元、1234.56元',
}

/** Several texts in one cell. */
export function listCell(style: ListStyle): Cell {
  return {
    read: (text) => (isJson(text) ? fromJson(text) : read(splitList(text, style))),
    write: (items) => writeList(items as string[], style),
    hint: style === 'words' ? '多项用；或、分隔' : '多项用；或换行分隔',
  }
}

function writeList(items: readonly string[], style: ListStyle): string {
  return items.length > 0 && isSplittable(items, style) ? items.join('；') : JSON.stringify(items)
}

/** One of a few values, each with the names that people use for it. The first name is the one that is written. */
export function choiceCell(names: Readonly<Record<string, readonly string[]>>): Cell {
  const values = new Map(
    Object.entries(names).flatMap(([value, spellings]) =>
      [value, ...spellings].map((name) => [name.toLowerCase(), value]),
    ),
  )
  const spelled = Object.entries(names).map(([value, [first = value]]) => first)
  return {
    read(text) {
      const value = values.get(text.trim().toLowerCase())
      return value === undefined ? refuse('unknown_choice', `"${text}" is none of ${spelled.join('、')}`) : read(value)
    },
    write: (value) => names[String(value)]?.[0] ?? String(value),
    hint: spelled.join('、'),
  }
}

/** A structure that has no plain form: JSON, which the exports write. */
export const jsonCell: Cell = { read: fromJson, write: (value) => JSON.stringify(value), hint: 'JSON' }

/** A structure that people also write as text, one item a line; what the text cannot say is written as JSON. */
export function structureCell(readItem: (text: string) => Reading<unknown>, hint: string): Cell {
  return {
    read(text) {
      if (isJson(text)) return fromJson(text)
      const items = splitList(text, 'sentences').map(readItem)
      const wrong = items.find((item) => !item.ok)
      if (wrong) return wrong
      const shown = items.flatMap((item) => (item.ok && item.shown !== undefined ? [item.shown] : [])).join('；')
      return read(
        items.map((item) => (item.ok ? item.value : undefined)),
        shown === '' ? undefined : shown,
      )
    },
    write: (value) => JSON.stringify(value),
    hint,
  }
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text)
}

function fromJson(text: string): Reading<unknown> {
  try {
    return read(JSON.parse(text) as unknown)
  } catch {
    return refuse('json_form', 'begins like JSON and is none')
  }
}
