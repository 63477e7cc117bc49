import { formatFen } from '../kernel/money.ts'
import type { Finding } from './evaluate.ts'
import type { Facts, FactValue } from './facts.ts'
import { fieldOf } from './fields.ts'
import { qualificationName } from './qualifications.ts'
import type { CompareRule, Comparison, Rule, Term } from './rule.ts'

const comparisonWords: Record<Comparison, string> = {
  '<': '低于',
  '<=': '不超过',
  '>': '高于',
  '>=': '不低于',
  '=': '为',
  '!=': '不为',
}

/** What a rule asks, with what is known beside it: 上年度营业收入不超过5亿元（现为3.2亿元）. */
export function sentenceOf({ rule, points }: Finding, facts: Facts): string {
  const asked = rule.label ?? askedBy(rule)
  if (points) return `${asked}（得${points[0] === points[1] ? points[0] : points.join('至')}分）`
  const fact = facts.fields.get(fieldIn(rule) ?? '')
  if (fact === undefined) return asked
  const proof = fact.isVerified ? '' : '，自行申报'
  return `${asked}（现为${valueText(fact.value, fieldIn(rule))}${proof}）`
}

function askedBy(rule: Rule): string {
  if ('all' in rule) return `同时满足以下${rule.all.length}项`
  if ('any' in rule) return `满足以下${rule.any.length}项之一`
  if ('of' in rule) return `满足以下${rule.of.length}项中的至少${rule.atLeast}项`
  if ('not' in rule) return '不属于以下情形'
  if ('use' in rule) return rule.use
  if ('compare' in rule) return comparisonText(rule)
  if ('member' in rule) return `${nameOf(rule.member)}属于${rule.in.join('、')}`
  if ('prefix' in rule) return `${nameOf(rule.prefix)}在${rule.in.join('、')}范围内`
  if ('qualification' in rule) return `${rule.on ?? ''}持有${rule.qualification.map(qualificationName).join('或')}资质`
  if ('score' in rule) return `综合评价不低于${rule.min}分`
  return ageText(rule)
}

function comparisonText({ compare, is, to }: CompareRule): string {
  const name = typeof compare === 'string' ? compare : undefined
  if (name !== undefined && typeof to === 'boolean') {
    return `${(is === '=') === to ? '' : '没有以下情形：'}${nameOf(name)}`
  }
  return `${termText(compare)}${comparisonWords[is]}${valueText(to, name, compare)}`
}

function ageText({ minYears, maxYears }: { minYears?: number; maxYears?: number }): string {
  const least = minYears === undefined ? '' : `成立满${minYears}年`
  return maxYears === undefined ? least : `${least}${least && '、'}成立不超过${maxYears}年`
}

function termText(term: Term): string {
  if (typeof term === 'number') return String(term)
  if (typeof term === 'string') return nameOf(term)
  if ('ratio' in term) return `${termText(term.ratio[0])}占${termText(term.ratio[1])}比例`
  return term.sum.map(termText).join('与') + '之和'
}

function valueText(value: FactValue, name: string | undefined, term?: Term): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'number') return typeof value === 'string' ? value : value.join('、')
  if (typeof term === 'object' && 'ratio' in term) return `${Number((value * 100).toFixed(4))}%`
  return name !== undefined && fieldOf(name)?.type === 'fen' ? formatFen(value) : String(value)
}

/** The single field that a rule reads, whose value can stand beside it. */
function fieldIn(rule: Rule): string | undefined {
  if ('compare' in rule) return typeof rule.compare === 'string' ? rule.compare : undefined
  if ('member' in rule) return rule.member
  if ('prefix' in rule) return rule.prefix
  return 'age' in rule ? rule.age : undefined
}

function nameOf(field: string): string {
  return fieldOf(field)?.zh ?? field
}
