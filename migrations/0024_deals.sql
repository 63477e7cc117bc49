-- Deals from intent to performance, and what was changed in them.

create table deals (
  id uuid primary key,
  market text not null references markets (code),
  fields text[] not null,
  source jsonb not null,
  source_kind text not null,
  source_key text,
  demand_id uuid references listings (id),
  supply_id uuid references listings (id),
  provider_org_id uuid not null references organisations (id),
  acquirer_org_id uuid not null references organisations (id),
  stage text not null,
  title text not null,
  subject text,
  traits text[] not null,
  contract_type text,
  pricing text,
  publicity jsonb,
  ip jsonb not null,
  milestones jsonb not null,
  payments jsonb not null,
  brokers jsonb not null,
  intent_amount_fen bigint,
  contract_amount_fen bigint,
  technology_amount_fen bigint,
  technology_income_fen bigint,
  terms_version integer not null,
  provider_confirmation jsonb,
  acquirer_confirmation jsonb,
  signing jsonb,
  registration jsonb,
  refusals jsonb not null,
  performed_on date,
  dropped jsonb,
  version integer not null,
  created_by uuid references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint deals__stage check (stage in ('intent', 'negotiating', 'signed', 'registered', 'performed', 'dropped')),
  constraint deals__source_kind check (source_kind in ('introduction', 'auction', 'enquiry', 'licence', 'direct')),
  constraint deals__two_parties check (provider_org_id <> acquirer_org_id),
  constraint deals__dropped check ((stage = 'dropped') = (dropped is not null)),
  constraint deals__signed check (stage not in ('signed', 'registered', 'performed') or signing is not null),
  constraint deals__amounts check (
    coalesce(technology_income_fen, 0) <= coalesce(technology_amount_fen, contract_amount_fen, technology_income_fen, 0)
    and coalesce(technology_amount_fen, 0) <= coalesce(contract_amount_fen, technology_amount_fen, 0)
    and least(intent_amount_fen, contract_amount_fen, technology_amount_fen, technology_income_fen) >= 0
  )
);
create unique index deals__source on deals (source_kind, source_key) where source_key is not null;
create index deals__provider on deals (provider_org_id, id desc);
create index deals__acquirer on deals (acquirer_org_id, id desc);
create index deals__market on deals (market, id desc);
create index deals__brokers on deals using gin (brokers jsonb_path_ops);

create table deal_changes (
  deal_id uuid not null references deals (id) on delete cascade,
  version integer not null,
  action text not null,
  from_stage text,
  to_stage text not null,
  changes jsonb not null,
  user_id uuid,
  org_id uuid,
  at timestamptz not null,
  constraint deal_changes__once primary key (deal_id, version)
);
