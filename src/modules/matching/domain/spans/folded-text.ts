import { BOILERPLATE } from '../grams.ts'

/** A text in the spelling of the terms, and where in the original each of its UTF-16 units came from. */
export type FoldedText = {
  plain: string
  /** Place in the original where a term may begin that begins at this unit; -1 amid what was one character. */
  starts: Int32Array
  /** Place in the original behind a term that ends with this unit; -1 likewise. */
  ends: Int32Array
}

/** A character with the marks that belong to it: normalised as one, since 'e' and an accent become one unit. */
const CHARACTER = /\P{M}\p{M}*|\p{M}+/gu

/** As `grams.ts` spells terms: compatibility forms plain, lower case, set phrases blank, so that no term reaches across one. */
export function foldedText(text: string): FoldedText {
  const plain: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: character, index } of text.matchAll(CHARACTER)) {
    const spelt = spell(character)
    plain.push(spelt)
    for (let unit = 0; unit < spelt.length; unit++) {
      starts.push(unit === 0 ? index : -1)
      ends.push(unit === spelt.length - 1 ? index + character.length : -1)
    }
  }
  const blanked = plain.join('').replace(BOILERPLATE, (phrase) => ' '.repeat(phrase.length))
  return { plain: blanked, starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

/** A text as the terms are spelt. */
export function spell(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
