-- The search index of the PostgreSQL engine. It can be rebuilt from the listings at any time and has no foreign key to
-- them, because the engine knows no modules.

create extension if not exists pg_trgm;

create table search_documents (
  listing_id uuid primary key,
  kind text not null,
  -- Row version of the listing; an older one never overwrites a newer one.
  version integer not null,
  market text not null,
  org_id uuid not null,
  fields text[] not null,
  industries text[] not null,
  ipc text[] not null,
  region text,
  trl_min smallint,
  trl_max smallint,
  cooperation_modes text[] not null,
  price_min_fen bigint,
  price_max_fen bigint,
  deadline date,
  trust_code text not null,
  published_at timestamptz not null,
  -- Sort keys, smaller first, absent values last, so that every sort pages by (key, listing_id) in one direction.
  newest_key bigint not null,
  price_key bigint not null,
  deadline_key bigint not null,
  org_name text not null,
  title text not null,
  summary text not null,
  keywords text[] not null,
  -- Folded title and organisation: literal matches and, by trigrams, misspelt ones.
  folded_names text not null,
  -- All folded text, for quoted phrases.
  folded_text text not null,
  -- Every word of every text without positions, for matching.
  tsv tsvector not null,
  -- Title (A), keywords and organisation (B) and summary (C) with weights, for ranking.
  rank_tsv tsvector not null
);
-- Long texts leave the row, what filters, facets and ranking read stays in it: 5,000 candidates are then read in 10 ms.
alter table search_documents set (toast_tuple_target = 512);
alter table search_documents
  alter column fields set storage main,
  alter column industries set storage main,
  alter column ipc set storage main,
  alter column cooperation_modes set storage main,
  alter column folded_names set storage main,
  alter column rank_tsv set storage main;

-- A short pending list: every search reads it from one end to the other.
create index search_documents__tsv on search_documents using gin (tsv) with (gin_pending_list_limit = 256);
create index search_documents__folded_names on search_documents using gin (folded_names gin_trgm_ops);
create index search_documents__newest on search_documents (newest_key, listing_id);
create index search_documents__price on search_documents (price_key, listing_id);
create index search_documents__deadline on search_documents (deadline_key, listing_id);
create index search_documents__market on search_documents (market, newest_key, listing_id);
create index search_documents__kind on search_documents (kind, newest_key, listing_id);
create index search_documents__fields on search_documents using gin (fields);
