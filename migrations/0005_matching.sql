-- The index of what is on the market, what is known of its words, and the matches found.

-- One narrow row a listing: the long columns move out of line (toast_tuple_target), so that counting the hits of 40
-- terms visits some 60 rows a page and unpacks no text. No foreign key to listings: checking it would make every match
-- wait for whoever edits the listing; matching.match-listing and matching.remove-listing keep the rows true instead.
create table match_documents (
  listing_id uuid primary key,
  kind text not null,
  org_id uuid not null,
  market text not null,
  version integer not null,
  -- What gates and features read, apart from the text.
  facts jsonb not null,
  body text not null,
  terms tsvector not null,
  -- How many titles the text model knew with which the listing was last matched; 0 = none yet.
  matched_titles integer not null default 0,
  updated_at timestamptz not null,
  constraint match_documents__kind check (kind in ('supply', 'demand'))
) with (toast_tuple_target = 128, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index match_documents__kind_id on match_documents (kind, listing_id);
-- One index a side, since a demand asks only among supplies and the reverse. Without fastupdate: a pending list is read
-- in full by every search, and a market that publishes 50 listings a second always has one.
create index match_documents__supply_terms on match_documents using gin (terms)
  with (fastupdate = off) where kind = 'supply';
create index match_documents__demand_terms on match_documents using gin (terms)
  with (fastupdate = off) where kind = 'demand';

-- In how many documents of a kind a term stands, counted now and then; the empty term holds the number of documents.
create table term_frequencies (
  kind text not null,
  term text not null,
  documents integer not null,
  counted_at timestamptz not null,
  primary key (kind, term),
  constraint term_frequencies__kind check (kind in ('supply', 'demand'))
);

create table text_models (
  version text primary key,
  document_count integer not null,
  payload bytea not null,
  is_active boolean not null,
  created_at timestamptz not null
);
create unique index text_models__active on text_models (is_active) where is_active;

create table matches (
  id uuid primary key,
  demand_id uuid not null,
  supply_id uuid not null,
  model_version text not null,
  text_model_version text not null,
  -- A double, as computed: the same models and versions give the same bits again.
  score double precision not null,
  level smallint not null,
  parts jsonb not null,
  gates jsonb not null,
  explanation text[] not null,
  -- Home market of the demand.
  market text not null,
  demand_org_id uuid not null,
  supply_org_id uuid not null,
  demand_version integer not null,
  supply_version integer not null,
  state text not null,
  decided_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint matches__pair unique (demand_id, supply_id),
  constraint matches__state check (state in ('proposed', 'approved', 'rejected', 'stale')),
  constraint matches__level check (level between 1 and 4),
  constraint matches__decided check ((state in ('approved', 'rejected')) = (decided_at is not null))
);
create index matches__demand_score on matches (demand_id, score desc, id desc);
create index matches__supply_score on matches (supply_id, score desc, id desc);
