import { type FormKey, formKeys } from '../rule.ts'
import { checkForm } from './forms.ts'
import type { Place } from './issue.ts'
import { checkDay, checkKeys, checkText, isObject } from './values.ts'

/** Deeper than any text of law nests; keeps recursion flat on hostile input. */
const deepest = 12

const keysOfForm: Record<FormKey, readonly string[]> = {
  all: [],
  any: [],
  not: [],
  use: [],
  atLeast: ['of'],
  score: ['min'],
  compare: ['is', 'to', 'verified'],
  member: ['in', 'verified'],
  prefix: ['in', 'verified'],
  age: ['minYears', 'maxYears', 'verified'],
  qualification: ['on', 'verified'],
}

/** Keys, types, fields and codes of a whole set. */
export function checkShape(value: unknown, place: Place): void {
  if (!isObject(value)) {
    place.report('type_error', 'must be an object with a `rule`')
    return
  }
  checkKeys(value, ['rule', 'definitions', 'source', 'from', 'to'], place)
  if (value.source !== undefined) checkText(value.source, place.at('source'), 300)
  for (const key of ['from', 'to']) if (value[key] !== undefined) checkDay(value[key], place.at(key))
  if (typeof value.from === 'string' && typeof value.to === 'string' && value.to < value.from) {
    place.at('to').report('type_error', 'must not be before `from`')
  }
  checkRule(value.rule, place.at('rule'), 0)
  if (value.definitions === undefined) return
  if (!isObject(value.definitions)) {
    place.at('definitions').report('type_error', 'must be an object of rules')
    return
  }
  for (const [name, rule] of Object.entries(value.definitions)) {
    checkRule(rule, place.at('definitions').at(name), 0)
  }
}

function checkRule(value: unknown, place: Place, depth: number): void {
  if (depth > deepest) {
    place.report('too_large', `must not be nested deeper than ${deepest} levels`)
    return
  }
  if (!isObject(value)) {
    place.report('type_error', 'must be a rule, such as {"compare": …} or {"all": […]}')
    return
  }
  const forms = formKeys.filter((key) => Object.hasOwn(value, key))
  const [form] = forms
  if (form === undefined || forms.length > 1) {
    const known = [...formKeys, ...Object.values(keysOfForm).flat(), 'clause', 'label']
    checkKeys(value, known, place)
    place.report('type_error', `must have exactly one of ${formKeys.join(', ')}`)
    return
  }
  checkKeys(value, [form, ...keysOfForm[form], 'clause', 'label'], place)
  for (const key of ['clause', 'label']) if (value[key] !== undefined) checkText(value[key], place.at(key), 200)
  if (value.verified !== undefined && typeof value.verified !== 'boolean') {
    place.at('verified').report('type_error', 'must be true or false')
  }
  checkForm(form, value, place, (child, at) => checkRule(child, at, depth + 1))
}
