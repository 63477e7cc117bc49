-- Introductions: after a broker approved a match, both sides are asked whether they want to meet. Listings and organisations
-- are those of the match: foreign keys to them would make the opening wait for whoever edits one.

create table introductions (
  id uuid primary key,
  match_id uuid not null references matches (id),
  demand_id uuid not null,
  supply_id uuid not null,
  demand_org_id uuid not null,
  supply_org_id uuid not null,
  market text not null references markets (code),
  broker_id uuid not null references users (id),
  broker_org_id uuid not null,
  state text not null,
  demand_answer text,
  demand_answered_by uuid references users (id),
  demand_answered_at timestamptz,
  supply_answer text,
  supply_answered_by uuid references users (id),
  supply_answered_at timestamptz,
  answer_by timestamptz not null,
  chases integer not null default 0,
  chased_at timestamptz,
  accepted_at timestamptz,
  ended_by text,
  ended_at timestamptz,
  reason_code text,
  note bytea,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint introductions__match unique (match_id),
  constraint introductions__state check (state in ('asked', 'accepted', 'in_contact', 'declined', 'closed')),
  constraint introductions__answers check
    (demand_answer in ('accept', 'decline') and supply_answer in ('accept', 'decline')),
  constraint introductions__demand_answered check
    (num_nulls(demand_answer, demand_answered_by, demand_answered_at) in (0, 3)),
  constraint introductions__supply_answered check
    (num_nulls(supply_answer, supply_answered_by, supply_answered_at) in (0, 3)),
  -- Contact data follows from this state, so the state cannot be reached without both answers.
  constraint introductions__mutual check
    (state not in ('accepted', 'in_contact') or coalesce(demand_answer = 'accept' and supply_answer = 'accept', false)),
  constraint introductions__accepted check (state not in ('accepted', 'in_contact') or accepted_at is not null),
  constraint introductions__ended_by check (ended_by in ('demand', 'supply', 'broker', 'silence', 'listing')),
  constraint introductions__ended check
    (num_nulls(ended_by, ended_at, reason_code) = case when state in ('declined', 'closed') then 0 else 3 end)
);
create index introductions__demand_org on introductions (demand_org_id, id desc);
create index introductions__supply_org on introductions (supply_org_id, id desc);
create index introductions__broker on introductions (broker_id, id desc);
create index introductions__market on introductions (market, id desc);
create index introductions__demand on introductions (demand_id);
create index introductions__supply on introductions (supply_id);
-- The chase walks this index; what was answered leaves it.
create index introductions__asked on introductions (id) where state = 'asked';
