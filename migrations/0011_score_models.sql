-- What a score is computed with and how it was learnt: models, refits, and the decisions they are fitted on.

create table score_models (
  version text primary key,
  kind text not null,
  state text not null,
  -- A pinned model stays active until an operator says otherwise.
  is_pinned boolean not null default false,
  -- Decisions it was fitted on; 0 for a shipped one.
  training_size integer not null,
  metrics jsonb not null,
  weights jsonb not null,
  -- Null = by the nightly refit or with the release.
  created_by uuid references users (id),
  created_at timestamptz not null,
  activated_at timestamptz,
  constraint score_models__kind check (kind in ('shipped', 'refit')),
  constraint score_models__state check (state in ('candidate', 'active', 'retired')),
  constraint score_models__pinned_active check (state = 'active' or not is_pinned),
  constraint score_models__activated check (state <> 'active' or activated_at is not null)
);
create unique index score_models__active on score_models (state) where state = 'active';

-- Every run of the refit with its outcome, so that an operator sees why nothing changed.
create table score_model_refits (
  id uuid primary key,
  outcome text not null,
  reason text,
  approved integer not null,
  rejected integer not null,
  version text references score_models (version),
  created_at timestamptz not null,
  constraint score_model_refits__outcome check (outcome in ('refused', 'kept_back', 'activated'))
);
create index score_model_refits__created_at on score_model_refits (created_at desc);

-- A broker's decision with the facts it was made on: listings change and leave, what was decided does not.
create table match_decisions (
  match_id uuid primary key references matches (id),
  demand_id uuid not null,
  supply_id uuid not null,
  is_approved boolean not null,
  demand_facts jsonb not null,
  supply_facts jsonb not null,
  decided_at timestamptz not null
);
create index match_decisions__demand on match_decisions (demand_id, decided_at desc);
create index match_decisions__decided_at on match_decisions (decided_at desc);

-- The decisions that a stored score rests on, so that it can be computed again when there are more.
alter table matches add column history uuid[] not null default '{}';
