-- The three listings in one table: shared columns for what is filtered, gated or joined; `details` for the kind's own
-- fields, whose shape the application checks on every write. Confidential text stands apart.

create table listings (
  id uuid primary key,
  kind text not null check (kind in ('supply', 'demand', 'finance_product')),
  org_id uuid not null references organisations (id),
  market text not null references markets (code),
  state text not null check (state in ('draft', 'submitted', 'returned', 'published', 'closed')),
  outcome text check (outcome in ('contracted', 'withdrawn', 'expired', 'invalid')),
  title text not null,
  summary text,
  description text,
  fields text[] not null,
  industries text[] not null,
  strategic_industries text[] not null,
  ipc text[] not null,
  keywords text[] not null,
  region text,
  cooperation_modes text[] not null,
  indicators jsonb not null,
  language text not null,
  provenance jsonb,
  external_id text,
  valid_until date,
  trl_min smallint check (trl_min between 1 and 9),
  trl_max smallint check (trl_max between 1 and 9),
  price_min_fen bigint check (price_min_fen >= 0),
  price_max_fen bigint check (price_max_fen >= 0),
  deadline date,
  details jsonb not null,
  trust_code text not null check (trust_code in ('green', 'yellow', 'red')),
  trust_reasons text[] not null,
  return_reasons text[] not null,
  return_note text,
  confirmed_at timestamptz,
  published_at timestamptz,
  closed_at timestamptz,
  version integer not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((state = 'closed') = (outcome is not null)),
  check (state <> 'published' or (published_at is not null and valid_until is not null))
);
create unique index listings__external_id on listings (org_id, kind, external_id) where external_id is not null;
create index listings__kind_state on listings (kind, state, id desc);
create index listings__org on listings (org_id, kind, id desc);
create index listings__market_state on listings (market, kind, state, id desc);

create table listing_confidentials (
  listing_id uuid primary key references listings (id) on delete cascade,
  detail text,
  contact jsonb
);

create table listing_changes (
  listing_id uuid not null references listings (id) on delete cascade,
  version integer not null,
  action text not null,
  from_state text,
  to_state text not null,
  changed_fields text[] not null,
  reasons text[] not null,
  note text,
  user_id uuid,
  org_id uuid,
  at timestamptz not null,
  primary key (listing_id, version)
);
