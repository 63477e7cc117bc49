import { foldText } from '../../../src/text/fold.ts'

export type Row = Record<string, unknown>
type Condition = (row: Row) => boolean
type Token = { kind: 'sign' | 'word' | 'quoted'; text: string }

/** A condition or attribute that the server would refuse. */
export class FilterRefused extends Error {}

/** Meilisearch's filter language as far as adapters use it: AND, OR, NOT, parentheses, = != > >= < <=, IN, EXISTS. */
export function readFilter(filter: unknown, filterable: ReadonlySet<string>): Condition {
  if (filter === undefined || filter === null) return () => true
  if (typeof filter === 'string') return parse(filter, filterable)
  if (!Array.isArray(filter)) throw new FilterRefused('a filter is a text or a list')
  const all = filter.map((each: unknown) => {
    if (!Array.isArray(each)) return readFilter(each, filterable)
    const any = each.map((text) => readFilter(text, filterable))
    return (row: Row) => any.some((condition) => condition(row))
  })
  return (row) => all.every((condition) => condition(row))
}

const TOKEN = /\s*(?:"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|(>=|<=|!=|[=<>()[\],])|([\p{L}\p{N}_.+/-]+))/uy

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) throw new FilterRefused(`cannot read ${text.slice(at)}`)
    at = TOKEN.lastIndex
    const [, double, single, sign, word] = match
    const quoted = double?.replaceAll('\\"', '"') ?? single?.replaceAll("\\'", "'")
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted })
    else tokens.push(sign === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'sign', text: sign })
  }
  return tokens
}

function parse(text: string, filterable: ReadonlySet<string>): Condition {
  const tokens = tokensOf(text)
  let at = 0
  const is = (expected: string) => tokens[at]?.kind !== 'quoted' && tokens[at]?.text === expected
  const take = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw new FilterRefused(`${text} ends too early`)
    at += 1
    return token
  }
  const expect = (sign: string) => {
    if (!is(sign)) throw new FilterRefused(`${sign} is missing in ${text}`)
    at += 1
  }
  const value = (): string => {
    const token = take()
    if (token.kind === 'sign') throw new FilterRefused(`${token.text} is no value`)
    return token.text
  }
  const some = (): Condition => {
    const parts = [every()]
    while (is('OR')) {
      at += 1
      parts.push(every())
    }
    return (row) => parts.some((part) => part(row))
  }
  const every = (): Condition => {
    const parts = [single()]
    while (is('AND')) {
      at += 1
      parts.push(single())
    }
    return (row) => parts.every((part) => part(row))
  }
  const single = (): Condition => {
    if (is('NOT')) {
      at += 1
      const refused = single()
      return (row) => !refused(row)
    }
    if (is('(')) {
      at += 1
      const inner = some()
      expect(')')
      return inner
    }
    const attribute = value()
    if (!filterable.has(attribute)) throw new FilterRefused(`Attribute \`${attribute}\` is not filterable.`)
    if (is('IN')) {
      at += 1
      return isOneOf(attribute, list())
    }
    const operator = take().text
    return compare(attribute, operator, operator === 'EXISTS' ? '' : value())
  }
  const list = (): string[] => {
    const values: string[] = []
    expect('[')
    while (!is(']')) {
      values.push(value())
      if (!is(']')) expect(',')
    }
    expect(']')
    return values
  }
  const condition = some()
  if (at < tokens.length) throw new FilterRefused(`${tokens[at]?.text} is too much`)
  return condition
}

function isOneOf(attribute: string, values: readonly string[]): Condition {
  const wanted = new Set(values.map(foldText))
  return (row) => valuesOf(row, attribute).some((each) => wanted.has(foldText(String(each))))
}

function compare(attribute: string, operator: string, operand: string): Condition {
  const number = Number(operand)
  const numbers = (row: Row) => valuesOf(row, attribute).filter((each) => typeof each === 'number')
  const tests: Record<string, Condition> = {
    '=': isOneOf(attribute, [operand]),
    '!=': (row) => !isOneOf(attribute, [operand])(row),
    '>': (row) => numbers(row).some((each) => each > number),
    '>=': (row) => numbers(row).some((each) => each >= number),
    '<': (row) => numbers(row).some((each) => each < number),
    '<=': (row) => numbers(row).some((each) => each <= number),
    EXISTS: (row) => attribute in row,
  }
  const test = tests[operator]
  if (test === undefined) throw new FilterRefused(`${operator} is no operator`)
  if (/^[<>]/.test(operator) && Number.isNaN(number)) throw new FilterRefused(`${operand} is no number`)
  return test
}

function valuesOf(row: Row, attribute: string): unknown[] {
  const value = row[attribute]
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== undefined)
}
