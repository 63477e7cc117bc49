import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { pinyinSpeller, type Speller } from '../../text/pinyin.ts'
import { latinWords, rememberWords } from './postgres-corrections.ts'
import { matchVector, rankVector } from './postgres-lexemes.ts'
import { suggestionLines, suggestionVector } from './postgres-suggest.ts'

/** Some 2 MB of texts and vectors a statement. */
const BATCH_SIZE = 200
/** As far as words are indexed: 4,000 tokens of a description have some 12,000 characters. */
const LONGEST_TEXT = 24_000
/** Sort keys of absent values; beyond every amount and day, and exact in JSON. */
const LAST = Number.MAX_SAFE_INTEGER

/** Writes documents; one whose version is older than the stored one's changes nothing. */
export async function upsertDocuments(db: Db, documents: readonly SearchDocument[]): Promise<void> {
  const spell = await pinyinSpeller()
  const newest = newestOfEach(documents)
  for (let start = 0; start < newest.length; start += BATCH_SIZE) {
    const batch = newest.slice(start, start + BATCH_SIZE)
    await upsertRows(db, JSON.stringify(batch.map((document) => toRow(document, spell))))
    await rememberWords(db, batch.flatMap(publicTexts).flatMap(latinWords))
  }
}

export async function removeDocuments(db: Db, listingIds: readonly string[]): Promise<void> {
  if (listingIds.length === 0) return
  await db.execute(
    sql`delete from search_documents where listing_id = any(${sql.param(listingIds.map(idToUuid))}::uuid[])`,
  )
}

async function upsertRows(db: Db, rows: string): Promise<void> {
  await db.execute(sql`
    insert into search_documents as old (${columnNames})
    select ${columnNames} from jsonb_populate_recordset(null::search_documents, ${rows}::jsonb)
    on conflict (listing_id) do update set (${columnNames}) = row (${excludedColumns})
    where old.version <= excluded.version`)
}

/** Two versions of one listing in a statement would make PostgreSQL refuse it. Sorted, so that no two writers deadlock. */
function newestOfEach(documents: readonly SearchDocument[]): SearchDocument[] {
  const newest = new Map<string, SearchDocument>()
  for (const document of documents) {
    const known = newest.get(document.listingId)
    if (known === undefined || known.version <= document.version) newest.set(document.listingId, document)
  }
  return [...newest.values()].sort((a, b) => (idToUuid(a.listingId) < idToUuid(b.listingId) ? -1 : 1))
}

/** What everybody may read, in the order of folded_text. */
function publicTexts({ title, orgName, keywords, summary }: SearchDocument): string[] {
  return [title, orgName, ...keywords, summary]
}

function foldedLines(texts: readonly string[]): string {
  return texts.map((text) => foldText(text.slice(0, LONGEST_TEXT))).join('\n')
}

function toRow(document: SearchDocument, spell: Speller) {
  const { title, summary, keywords, orgName, body, priceMinFen, priceMaxFen, deadline, publishedAt } = document
  const teaser = foldedLines(publicTexts(document))
  const suggestions = suggestionLines(document, spell)
  return {
    listing_id: idToUuid(document.listingId),
    kind: document.kind,
    version: document.version,
    market: document.market,
    org_id: idToUuid(document.orgId),
    fields: document.fields,
    industries: document.industries,
    ipc: document.ipc,
    region: document.region,
    trl_min: document.trlMin,
    trl_max: document.trlMax,
    cooperation_modes: document.cooperationModes,
    price_min_fen: priceMinFen,
    price_max_fen: priceMaxFen,
    deadline,
    trust_code: document.trustCode,
    published_at: publishedAt.toISOString(),
    newest_key: -publishedAt.getTime(),
    price_key: priceMinFen ?? priceMaxFen ?? LAST,
    deadline_key: deadline === null ? LAST : Date.parse(deadline),
    org_name: storable(orgName),
    title: storable(title),
    summary: storable(summary),
    keywords: keywords.map(storable),
    folded_names: foldText(`${title} ${orgName}`),
    folded_text: `${teaser}\n${foldedLines([body])}`,
    teaser_length: [...teaser].length,
    qualifications: document.qualifications,
    suggestions,
    suggest_tsv: suggestionVector(suggestions),
    tsv: matchVector(document),
    rank_tsv: rankVector(document),
  }
}

/** jsonb takes neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '')
}

type Column = keyof ReturnType<typeof toRow>
const columns: Record<Column, true> = {
  listing_id: true,
  kind: true,
  version: true,
  market: true,
  org_id: true,
  fields: true,
  industries: true,
  ipc: true,
  region: true,
  trl_min: true,
  trl_max: true,
  cooperation_modes: true,
  price_min_fen: true,
  price_max_fen: true,
  deadline: true,
  trust_code: true,
  published_at: true,
  newest_key: true,
  price_key: true,
  deadline_key: true,
  org_name: true,
  title: true,
  summary: true,
  keywords: true,
  folded_names: true,
  folded_text: true,
  teaser_length: true,
  qualifications: true,
  suggestions: true,
  suggest_tsv: true,
  tsv: true,
  rank_tsv: true,
}
const names = Object.keys(columns)
const columnNames = sql.join(
  names.map((name) => sql.identifier(name)),
  sql`, `,
)
const excludedColumns = sql.join(
  names.map((name) => sql`excluded.${sql.identifier(name)}`),
  sql`, `,
)
