import { parsePatentNumber } from '../../../kernel/patent-number.ts'
import { readIndicators } from '../../../text/indicators/read-indicators.ts'
import { type Price, readPrice, unitOf } from '../domain/amount.ts'
import { type Reading, read, refuse } from '../domain/reading.ts'
import { type Cell, structureCell } from './cell.ts'

/** 抗拉强度≥280MPa, one indicator an item, read as the texts of listings are. */
export const indicatorsCell = structureCell((text) => {
  const [indicator, ...more] = readIndicators(text)
  if (indicator === undefined || more.length > 0) {
    return refuse('indicator_form', `"${text}" is not one indicator; write 抗拉强度≥280MPa`)
  }
  const { name, operator, value, valueMax, unit } = indicator
  const known = {
    name,
    operator,
    value,
    ...(valueMax !== undefined && { valueMax }),
    ...(unit !== undefined && { unit }),
  }
  return read(known, [name, operator, value, valueMax === undefined ? '' : `~${valueMax}`, unit ?? ''].join(' ').trim())
}, '如 抗拉强度≥280MPa；减重≥15%')

/** 主张｜对比: what is claimed, and against what. */
export const advantagesCell = structureCell((text) => {
  const [claim = '', comparison] = text.split(/\s*(?:——|——|→)\s*/)
  return read({ claim, ...(comparison !== undefined && comparison !== '' && { comparison }) })
}, '优势——对比，如 能耗降低30%——相比传统工艺')

/** A Chinese patent number: its kind stands in the number, ZL marks a granted one. */
export const ipRightsCell = structureCell(readPatent, '专利号，ZL 开头视为已授权，其余视为申请中')

function readPatent(text: string): Reading<unknown> {
  const parsed = parsePatentNumber(text)
  if (!parsed.ok) return refuse('patent_number', `"${text}" is no patent number; its check digit or form is wrong`)
  const number = parsed.normalised
  if (parsed.kind === 'pct') return read({ type: 'pct', number, legalState: 'pending' }, `PCT ${number}, pending`)
  const isGranted = parsed.kind === 'application' ? parsed.hasGrantMark : !parsed.kindCode.startsWith('A')
  const legalState = isGranted ? 'granted' : 'pending'
  return read({ type: parsed.patentType, number, legalState }, `${parsed.patentType} ${number}, ${legalState}`)
}

/** 面议, 50万元 or 50-80万元 in one cell, for several fields of the listing. */
export function priceCell(toFields: (price: Price) => Record<string, unknown>): Cell {
  return {
    read(text, unit) {
      const price = readPrice(text, unitOf(unit))
      return price.ok ? read(toFields(price.value), price.shown) : price
    },
    write: () => '',
    hint: '面议、50万元 或 50-80万元',
  }
}
