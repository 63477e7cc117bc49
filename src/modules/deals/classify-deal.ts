import type { Deal } from './deal-repo.ts'
import { type Classification, classify } from './domain/classification.ts'

/** The classification of a deal's subject by the rules of a day; undefined for days before there were rules. */
export function classifyDeal(
  { title, subject, traits }: Pick<Deal, 'title' | 'subject' | 'traits'>,
  day: string,
): Classification | undefined {
  return classify({ text: `${title}\n${subject ?? ''}`, traits }, day)
}
