import type { Feature } from './feature.ts'

const WHOLE_COUNTRY = '100000'

/**
 * Nearness of the parties: 1 in the same prefecture, 0.6 in the same province, 0 farther off. Technology travels, people who
 * install it travel less gladly. Whoever names only a province may sit in the same city, and is taken for half-way there.
 */
export const region: Feature = {
  name: 'region',
  measure: ({ facts: { region: demand } }, { facts: { region: supply } }) => {
    if (demand === undefined || supply === undefined) return undefined
    if (demand === WHOLE_COUNTRY || supply === WHOLE_COUNTRY) return undefined
    return nearness(demand, supply)
  },
  evidence: ({ facts: { region: demand } }, { facts: { region: supply } }) =>
    demand !== undefined && supply !== undefined && nearness(demand, supply) > 0
      ? [{ kind: 'code', vocabulary: 'regions', code: shared(demand, supply), weight: nearness(demand, supply) }]
      : [],
}

function nearness(a: string, b: string): number {
  if (!a.startsWith(b.slice(0, 2))) return 0
  if (isProvince(a) || isProvince(b)) return 0.8
  return a.startsWith(b.slice(0, 4)) || isMunicipality(a) ? 1 : 0.6
}

/** The narrowest division that holds both. */
function shared(a: string, b: string): string {
  return a.startsWith(b.slice(0, 4)) ? `${a.slice(0, 4)}00` : `${a.slice(0, 2)}0000`
}

function isProvince(code: string): boolean {
  return code.endsWith('0000')
}

/** Beijing, Tianjin, Shanghai and Chongqing have districts where provinces have prefectures. */
function isMunicipality(code: string): boolean {
  return ['11', '12', '31', '50'].includes(code.slice(0, 2))
}
