import { type FieldType, fieldOf } from '../fields.ts'
import { qualificationCodes } from '../qualifications.ts'
import { comparisons, type FormKey } from '../rule.ts'
import type { Place } from './issue.ts'
import { checkScore } from './score.ts'
import { checkTerm } from './terms.ts'
import { checkDay, checkField, checkText, checkWhole, hintOf, isDay, itemsOf, type Json } from './values.ts'

type CheckRule = (value: unknown, place: Place) => void
type CheckForm = (value: Json, place: Place, checkRule: CheckRule) => void

const checkGroup =
  (key: string): CheckForm =>
  (value, place, checkRule) => {
    for (const { item, at } of itemsOf(value[key], place.at(key))) checkRule(item, at)
  }

const checks: Record<FormKey, CheckForm> = {
  all: checkGroup('all'),
  any: checkGroup('any'),
  not: (value, place, checkRule) => checkRule(value.not, place.at('not')),
  use: (value, place) => checkText(value.use, place.at('use'), 60),
  atLeast(value, place, checkRule) {
    checkWhole(value.atLeast, place.at('atLeast'), { min: 1, max: 100 })
    checkGroup('of')(value, place, checkRule)
  },
  compare: checkCompare,
  member(value, place) {
    checkField(value.member, place.at('member'), ['code', 'codes'])
    checkTexts(value.in, place.at('in'))
  },
  prefix(value, place) {
    checkField(value.prefix, place.at('prefix'), ['code', 'codes'])
    checkTexts(value.in, place.at('in'))
  },
  age: checkAge,
  qualification: checkQualification,
  score: checkScore,
}

export function checkForm(form: FormKey, value: Json, place: Place, checkRule: CheckRule): void {
  checks[form](value, place, checkRule)
}

function checkCompare({ compare, is, to }: Json, place: Place): void {
  if (!comparisons.some((one) => one === is)) {
    place.at('is').report('type_error', `must be one of ${comparisons.join(' ')}`)
  }
  const field = typeof compare === 'string' ? fieldOf(compare) : undefined
  if (field === undefined || field.type === 'fen' || field.type === 'count') {
    checkTerm(compare, place.at('compare'))
    if (typeof to !== 'number' || !Number.isFinite(to)) place.at('to').report('type_error', 'must be a number')
    else if (field?.type === 'fen' && !Number.isInteger(to)) place.at('to').report('type_error', 'must be whole fen')
    return
  }
  checkPlainComparison(field.type, { is, to }, place)
}

function checkPlainComparison(type: FieldType, { is, to }: Json, place: Place): void {
  if (type === 'day') {
    checkDay(to, place.at('to'))
    return
  }
  if (is !== '=' && is !== '!=') place.at('is').report('type_error', `a ${type} is only = or !=`)
  if (type === 'codes') {
    place.at('compare').report('type_error', 'is a list of codes; use `member` or `prefix`')
    return
  }
  if (type === 'flag' && typeof to !== 'boolean') place.at('to').report('type_error', 'must be true or false')
  if (type === 'code') checkText(to, place.at('to'), 64)
}

function checkTexts(value: unknown, place: Place): void {
  for (const { item, at } of itemsOf(value, place)) checkText(item, at, 64)
}

function checkAge({ age, minYears, maxYears }: Json, place: Place): void {
  checkField(age, place.at('age'), ['day'])
  if (minYears === undefined && maxYears === undefined) place.report('type_error', 'needs minYears or maxYears')
  if (minYears !== undefined) checkWhole(minYears, place.at('minYears'), { min: 0, max: 200 })
  if (maxYears !== undefined) checkWhole(maxYears, place.at('maxYears'), { min: 0, max: 200 })
  if (typeof minYears === 'number' && typeof maxYears === 'number' && minYears > maxYears) {
    place.at('maxYears').report('unreachable_branch', 'is below minYears: no age is both')
  }
}

function checkQualification({ qualification, on }: Json, place: Place): void {
  for (const { item, at } of itemsOf(qualification, place.at('qualification'), 40)) {
    if (qualificationCodes.some((code) => code === item)) continue
    at.report('unknown_code', `is not a qualification type${hintOf(String(item), qualificationCodes)}`)
  }
  if (on !== undefined && !isDay(on)) place.at('on').report('type_error', 'must be a day YYYY-MM-DD')
}
