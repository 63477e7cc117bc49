import type { Evidence } from '../features/feature.ts'
import type { ScorePart } from '../score.ts'
import { findSpans, type Place } from './find-spans.ts'
import { type FoldedText, foldedText } from './folded-text.ts'

/** A place in a listing; the field is the path in its representation: `title`, `advantages.0.claim`. */
export type Span = Place & { field: string }
export type FieldText = { field: string; text: string }
/** An indicator that a side declares or that was read from its text, spelt as evidence spells it. */
export type Mention = Span & { indicator: string }
/** What a reader may see of one side of a pair, title first. */
export type SideTexts = { fields: readonly FieldText[]; mentions: readonly Mention[] }

export type Spans = { demand: Span[]; supply: Span[] }
export type PlacedPart = Omit<ScorePart, 'evidence'> & { evidence: (Evidence & { spans?: Spans })[] }

/** Of a term in one side: a reader who has seen five knows. */
const MOST = 5

/**
 * The parts of a score with the places of their evidence in the texts as they are now. What is not found any more has no
 * places; what is no text, as codes and decisions, has none either.
 */
export function withSpans(parts: readonly ScorePart[], sides: { demand: SideTexts; supply: SideTexts }): PlacedPart[] {
  const [demand, supply] = [finderIn(sides.demand), finderIn(sides.supply)]
  const spansOf = (piece: Evidence): Spans | undefined => {
    switch (piece.kind) {
      case 'phrase':
        return { demand: demand.inAll(piece.term), supply: supply.inAll(piece.term) }
      case 'character':
        return { demand: demand.inTitle(piece.term), supply: supply.inTitle(piece.term) }
      case 'rare_term':
        return { demand: [], supply: supply.inTitle(piece.term) }
      case 'indicator':
        return { demand: demand.mentioned(piece.term), supply: supply.mentioned(piece.counterpart) }
      case 'code':
      case 'decision':
      case 'answering':
        return undefined
    }
  }
  return parts.map((part) => ({
    ...part,
    evidence: part.evidence.map((piece) => {
      const spans = spansOf(piece)
      return spans === undefined ? piece : { ...piece, spans }
    }),
  }))
}

function finderIn({ fields, mentions }: SideTexts) {
  const folded = new Map<string, FoldedText>()
  const inField = (term: string, { field, text }: FieldText): Span[] => {
    const known = folded.get(field) ?? foldedText(text)
    folded.set(field, known)
    return findSpans(term, text, known, MOST).map((place) => ({ field, ...place }))
  }
  const inThose = (term: string, those: readonly FieldText[]) =>
    those.flatMap((one) => inField(term, one)).slice(0, MOST)
  return {
    inAll: (term: string) => inThose(term, fields),
    inTitle: (term: string) =>
      inThose(
        term,
        fields.filter(({ field }) => field === 'title'),
      ),
    /** `told`: one indicator, or several that contradict each other. */
    mentioned: (told = ''): Span[] =>
      mentions
        .filter(({ indicator }) => `、${told}、`.includes(`、${indicator}、`))
        .map(({ field, start, end }) => ({ field, start, end }))
        .slice(0, MOST),
  }
}
