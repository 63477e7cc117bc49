import { foldText } from './fold.ts'

export type Spelling = { full: string; initials: string }
export type Speller = (text: string) => Spelling | undefined

/** Spelling a title takes 70 µs, and keywords and organisations come again and again. */
const MOST_REMEMBERED = 20_000
const LONGEST_SPELT = 40

let speller: Promise<Speller> | undefined

/** How texts sound, for input without a Chinese keyboard. The dictionary (0.3 MB, 60 ms) is loaded at the first call. */
export function pinyinSpeller(): Promise<Speller> {
  speller ??= import('pinyin-pro').then(({ pinyin }) => {
    const syllablesOf = (text: string) =>
      pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    return remembering((text) => spell(text, syllablesOf))
  })
  return speller
}

/** A typed prefix in the form of spellings: 'Ya zhu' and 'yazhu' are the same input. */
export function foldPinyin(typed: string): string {
  return foldText(typed).replace(/[^a-z0-9]/g, '')
}

/** Full pinyin and initials without tones: 压铸 is yazhu and yz, MEMS 传感器 is memschuanganqi and memscgq. */
function spell(text: string, syllablesOf: (text: string) => string[]): Spelling | undefined {
  const folded = [...foldText(text)].slice(0, LONGEST_SPELT).join('')
  if (!/\p{Script=Han}/u.test(folded)) return undefined
  const runs = folded.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []
  const parts = runs.map((run) => {
    if (!/\p{Script=Han}/u.test(run)) return { full: foldPinyin(run), initials: foldPinyin(run) }
    const syllables = syllablesOf(run).map(foldPinyin)
    return { full: syllables.join(''), initials: syllables.map((syllable) => syllable.charAt(0)).join('') }
  })
  return { full: parts.map(({ full }) => full).join(''), initials: parts.map(({ initials }) => initials).join('') }
}

function remembering(spellText: Speller): Speller {
  const known = new Map<string, Spelling | undefined>()
  return (text) => {
    if (known.has(text)) return known.get(text)
    if (known.size >= MOST_REMEMBERED) known.clear()
    const spelling = spellText(text)
    known.set(text, spelling)
    return spelling
  }
}
