import { ancestorsOf, taxonomies } from '../taxonomy/index.ts'

/** The types and every step of their ladders: who asks for 专精特新梯度 means 小巨人, too. */
export function qualificationsBelow(codes: readonly string[]): string[] {
  const terms = taxonomies.get('qualification-types')?.terms ?? []
  return terms
    .map(({ code }) => code)
    .filter((code) =>
      [code, ...ancestorsOf('qualification-types', code).map((term) => term.code)].some((each) => codes.includes(each)),
    )
}
