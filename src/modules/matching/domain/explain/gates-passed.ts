import { formatFen } from '../../../../kernel/money.ts'
import type { GateCode, GateFailure } from '../gates/gate.ts'
import { listOf, type NameOf } from './names.ts'

type Detail = GateFailure['detail']

/** What stands in the way, with the values that clashed; that nothing does is worth a sentence too. */
export function explainGates(failures: readonly GateFailure[], nameOf: NameOf): string[] {
  if (failures.length === 0) {
    return ['已通过全部硬性条件：主体、状态、地域、合作方式、知识产权、成熟度、价格与期限。']
  }
  const told = failures.map(({ code, detail }) => FAILURES[code](detail, nameOf))
  return [`未通过的硬性条件有 ${failures.length} 项，因此不会被推荐：${told.join('；')}。`]
}

const FAILURES: Readonly<Record<GateCode, (detail: Detail, nameOf: NameOf) => string>> = {
  own_organisation: () => '双方属于同一单位',
  not_open: () => '一方未在市场上公开或已关闭',
  region_excluded: ({ accepted }, nameOf) =>
    `地域不在所接受的范围内${inBrackets(codesOf(accepted), 'regions', nameOf)}`,
  cooperation_modes_disjoint: ({ wanted, offered }, nameOf) =>
    `合作方式没有交集（需求方：${namesOf(wanted, nameOf)}；供给方：${namesOf(offered, nameOf)}）`,
  ip_unavailable: () => '知识产权状态不允许所需的合作方式',
  maturity_out_of_range: ({ wantedMin, wantedMax, offeredMin, offeredMax }) =>
    `成熟度 ${levels(offeredMin, offeredMax)} 级不在要求的 ${levels(wantedMin, wantedMax)} 级之内`,
  price_above_budget: ({ budgetFen, priceFen }) =>
    `最低报价 ${formatFen(Number(priceFen))}，高于预算上限 ${formatFen(Number(budgetFen))}`,
  deadline_passed: () => '需求期限已过',
}

function levels(min: unknown, max: unknown): string {
  return min === max ? `${min}` : `${min}–${max}`
}

function namesOf(codes: unknown, nameOf: NameOf): string {
  return listOf(codesOf(codes).map((code) => nameOf('cooperationModes', code)))
}

function inBrackets(codes: readonly string[], vocabulary: 'regions', nameOf: NameOf): string {
  return codes.length > 0 ? `（${listOf(codes.map((code) => nameOf(vocabulary, code)))}）` : ''
}

function codesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
