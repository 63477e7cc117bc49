import { editDistance } from '../../../src/kernel/nearest.ts'
import { jieba } from '../../../src/text/jieba.ts'

export type Term = { words: string[]; isNegative: boolean; isPhrase: boolean; isPrefix: boolean }
export type Occurrence = { typos: number; isPrefix: boolean }

const MOST_TERMS = 10
const PART = /(-?)"([^"]*)"?|([^\s"]+)/gu

/** Words as the server cuts them: compatibility forms and cases are one, Chinese by the dictionary without guessing. */
export function cut(text: string): { word: string; start: number; end: number }[] {
  const found: { word: string; start: number; end: number }[] = []
  for (const run of text.matchAll(/\p{Script=Han}+|[^\p{Script=Han}\s]+/gu)) {
    const isHan = /^\p{Script=Han}/u.test(run[0])
    const parts = isHan ? jieba().cut(run[0], false) : [...run[0].matchAll(/[\p{L}\p{N}]+/gu)].map(([part]) => part)
    let at = 0
    for (const part of parts) {
      at = run[0].indexOf(part, at)
      found.push({ word: normalise(part), start: run.index + at, end: run.index + at + part.length })
      at += part.length
    }
  }
  return found
}

export function normalise(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A query's terms. Only the last word may be the beginning of one. */
export function readQuery(q: string): Term[] {
  const terms: Term[] = []
  for (const [, minus, quoted, plain] of q.matchAll(PART)) {
    if (quoted !== undefined) {
      const words = cut(quoted).map(({ word }) => word)
      if (words.length > 0) terms.push({ words, isNegative: minus === '-', isPhrase: true, isPrefix: false })
      continue
    }
    const isNegative = plain?.startsWith('-') ?? false
    cut(plain ?? '').forEach(({ word }, index) => {
      terms.push({ words: [word], isNegative: isNegative && index === 0, isPhrase: false, isPrefix: false })
    })
  }
  const taken = terms.slice(0, MOST_TERMS)
  const last = taken.at(-1)
  if (last && !last.isPhrase && !last.isNegative && !/\s$/.test(q)) last.isPrefix = true
  return taken
}

/** Where and how well a term stands in the words of a text; undefined when it does not. */
export function occurrence(term: Term, words: readonly string[]): Occurrence | undefined {
  if (term.isPhrase) {
    const isThere = words.some((_, at) => term.words.every((word, index) => words[at + index] === word))
    return isThere ? { typos: 0, isPrefix: false } : undefined
  }
  const [wanted = ''] = term.words
  if (words.includes(wanted)) return { typos: 0, isPrefix: false }
  if (term.isPrefix && words.some((word) => word.startsWith(wanted))) return { typos: 0, isPrefix: true }
  const allowed = wanted.length >= 9 ? 2 : wanted.length >= 5 ? 1 : 0
  if (allowed === 0) return undefined
  const typos = Math.min(...words.map((word) => (word[0] === wanted[0] ? editDistance(word, wanted) : 99)), 99)
  return typos <= allowed ? { typos, isPrefix: false } : undefined
}
