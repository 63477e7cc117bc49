import type { Place } from './issue.ts'
import { checkTerm } from './terms.ts'
import { checkKeys, checkText, checkWhole, isObject, itemsOf, type Json } from './values.ts'

const points = { min: 0, max: 10_000 }

/** Tables of points; bands go down, so that none hides another. */
export function checkScore({ score, min }: Json, place: Place): void {
  checkWhole(min, place.at('min'), points)
  for (const { item, at } of itemsOf(score, place.at('score'), 20)) checkTable(item, at)
}

function checkTable(value: unknown, place: Place): void {
  if (!isObject(value)) {
    place.report('type_error', 'must be a table {"name": …, "options": […]}')
    return
  }
  checkKeys(value, ['name', 'options', 'min'], place)
  checkText(value.name, place.at('name'), 60)
  if (value.min !== undefined) checkWhole(value.min, place.at('min'), points)
  for (const { item, at } of itemsOf(value.options, place.at('options'), 10)) checkOption(item, at)
}

function checkOption(value: unknown, place: Place): void {
  if (!isObject(value)) {
    place.report('type_error', 'must be {"of": …, "bands": […]}')
    return
  }
  checkKeys(value, ['of', 'bands'], place)
  checkTerm(value.of, place.at('of'))
  let above = Number.POSITIVE_INFINITY
  for (const { item, at } of itemsOf(value.bands, place.at('bands'), 30)) above = checkBand(item, at, above)
}

function checkBand(value: unknown, place: Place, above: number): number {
  if (!isObject(value) || typeof value.from !== 'number' || !Number.isFinite(value.from)) {
    place.report('type_error', 'must be {"from": number, "points": number}')
    return above
  }
  checkKeys(value, ['from', 'points'], place)
  checkWhole(value.points, place.at('points'), points)
  if (value.from >= above) place.report('unreachable_branch', 'is hidden by the band before it; bands go down')
  return value.from
}
