import type { DemandDetails } from '../demands/index.ts'
import type { Listing } from '../listings/index.ts'
import type { SupplyDetails } from '../supplies/index.ts'
import type { FieldText } from './domain/spans/evidence-spans.ts'

type Texts = Pick<Listing, 'content' | 'details'>
type Entry = readonly [field: string, text: string | undefined]

/** The texts of a supply that matching reads, with their paths in its representation; the title is first. */
export function textsOfSupply({ content, details }: Texts): FieldText[] {
  const { coreClaim, problemSolved, applications, advantages = [], sampleAvailability } = details as SupplyDetails
  return textsOf(content, [
    ['coreClaim', coreClaim],
    ['problemSolved', problemSolved],
    ...listed('applications', applications),
    ...advantages.flatMap(({ claim, comparison }, index): Entry[] => [
      [`advantages.${index}.claim`, claim],
      [`advantages.${index}.comparison`, comparison],
    ]),
    ['sampleAvailability', sampleAvailability],
  ])
}

/** The same of a demand. */
export function textsOfDemand({ content, details }: Texts): FieldText[] {
  const { problem, scenario, currentPractice, triedAndFailed, elements = {}, constraints } = details as DemandDetails
  const { material, method, efficacy, product, application } = elements
  return textsOf(content, [
    ...Object.entries({ problem, scenario, currentPractice, triedAndFailed }),
    ...Object.entries({ material, method, efficacy, product, application }).map(
      ([element, text]): Entry => [`elements.${element}`, text],
    ),
    ...listed('constraints', constraints),
  ])
}

/** Public and members' text only: a listing carries no confidential part, and none is looked up here. */
function textsOf({ title, summary, description, keywords, indicators }: Listing['content'], own: Entry[]): FieldText[] {
  const names = indicators.map(({ name }, index): Entry => [`indicators.${index}.name`, name])
  const all: Entry[] = [
    ['title', title],
    ['summary', summary],
    ['description', description],
    ...own,
    ...listed('keywords', keywords),
    ...names,
  ]
  return all.flatMap(([field, text]) => (text === undefined ? [] : [{ field, text }]))
}

function listed(field: string, texts: readonly string[] = []): Entry[] {
  return texts.map((text, index) => [`${field}.${index}`, text])
}
