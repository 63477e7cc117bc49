-- The brokers' review queue: one item a match, leased while a broker looks at it. Listings and organisations are those of
-- the match: foreign keys to them would make the opening of an item wait for whoever edits one.

create table review_items (
  id uuid primary key,
  match_id uuid not null references matches (id),
  demand_id uuid not null,
  supply_id uuid not null,
  demand_org_id uuid not null,
  supply_org_id uuid not null,
  market text not null references markets (code),
  fields text[] not null,
  region text,
  score double precision not null,
  priority integer not null,
  state text not null,
  lease_owner uuid references users (id),
  lease_until timestamptz,
  lease_token uuid,
  snoozed_until timestamptz,
  decision text,
  reason_code text,
  note text,
  decided_by uuid references users (id),
  decided_at timestamptz,
  snapshot jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint review_items__match unique (match_id),
  constraint review_items__state check (state in ('open', 'snoozed', 'decided', 'withdrawn')),
  constraint review_items__score check (score between 0 and 1),
  constraint review_items__lease_whole check (num_nulls(lease_owner, lease_until, lease_token) in (0, 3)),
  constraint review_items__lease_open check (lease_token is null or state = 'open'),
  constraint review_items__snoozed check ((state = 'snoozed') = (snoozed_until is not null)),
  constraint review_items__decision check (decision in ('approve', 'reject')),
  constraint review_items__decided check
    (num_nulls(decision, decided_by, decided_at) = case when state = 'decided' then 0 else 3 end)
);
-- The claim walks this index from its start; decided and withdrawn items leave it, so it stays as small as the queue.
create index review_items__claim on review_items (priority desc, created_at, id) where state in ('open', 'snoozed');
create index review_items__market on review_items (market, state, id desc);
create index review_items__demand on review_items (demand_id) where state in ('open', 'snoozed');
create index review_items__supply on review_items (supply_id) where state in ('open', 'snoozed');
create index review_items__lease_owner on review_items (lease_owner) where lease_owner is not null;
create index review_items__decided_by on review_items (decided_by, id desc) where decided_by is not null;
-- Every claim, heartbeat and decision rewrites its row: dead ones must leave the claim's index soon.
alter table review_items set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
