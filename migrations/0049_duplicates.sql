-- Listings that an operator took into another one: whoever asks for the merged one is sent to the survivor.
create table listing_merges (
  merged_id uuid primary key references listings (id) on delete cascade,
  survivor_id uuid not null references listings (id) on delete cascade,
  merged_by uuid not null references users (id),
  merged_at timestamptz not null,
  constraint listing_merges__two check (merged_id <> survivor_id)
);
create index listing_merges__survivor on listing_merges (survivor_id);

-- What tells whether two published listings are one: their text in 120 numbers, and the numbers of their rights.
create table listing_signatures (
  listing_id uuid primary key references listings (id) on delete cascade,
  kind text not null,
  -- Of the listing when it was signed.
  version integer not null,
  -- SHA-256 of what was signed: most versions change nothing of it.
  content_hash bytea not null,
  min_hashes bytea not null,
  patents text[] not null,
  -- Source and the id there; null when there is no source.
  source_key text,
  -- Whether it was compared with the others.
  is_compared boolean not null
);
create index listing_signatures__patents on listing_signatures using gin (patents) where patents <> '{}';
create index listing_signatures__source on listing_signatures (source_key) where source_key is not null;
create index listing_signatures__uncompared on listing_signatures (listing_id) where not is_compared;

-- Pairs that may be one, and what an operator said.
create table duplicate_candidates (
  id uuid primary key,
  kind text not null,
  first_id uuid not null references listings (id) on delete cascade,
  second_id uuid not null references listings (id) on delete cascade,
  reasons text[] not null,
  -- Part of the character sequences that both texts share; null when the texts were not alike.
  similarity real,
  state text not null,
  decided_by uuid references users (id),
  decided_at timestamptz,
  survivor_id uuid,
  created_at timestamptz not null,
  constraint duplicate_candidates__pair unique (first_id, second_id),
  constraint duplicate_candidates__order check (first_id < second_id),
  constraint duplicate_candidates__state check (state in ('open', 'dismissed', 'linked', 'merged')),
  constraint duplicate_candidates__decided check ((state = 'open') = (decided_at is null)),
  constraint duplicate_candidates__survivor check ((state = 'merged') = (survivor_id is not null))
);
create index duplicate_candidates__second on duplicate_candidates (second_id);
create index duplicate_candidates__state on duplicate_candidates (state, id desc);
