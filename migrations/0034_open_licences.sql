-- Open licences to patents (Patent Law, articles 50–52): declared once, the same for everybody, taken by notice and payment.

create table open_licences (
  id uuid primary key,
  supply_id uuid not null references listings (id),
  org_id uuid not null references organisations (id),
  market text not null references markets (code),
  title text not null,
  fields text[] not null,
  patent_number text not null,
  patent_type text not null,
  fee jsonb not null,
  payment_terms text not null,
  valid_from date not null,
  valid_to date not null,
  evaluation_report jsonb,
  co_owner_consents jsonb not null,
  warnings jsonb not null,
  state text not null,
  withdrawal_reason text,
  withdrawn_at timestamptz,
  version integer not null default 1,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint open_licences__state check (state in ('declared', 'withdrawn')),
  constraint open_licences__withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null)),
  constraint open_licences__days check (valid_to > valid_from)
);
-- One declaration of a patent at a time: two would be two prices.
create unique index open_licences__patent_once on open_licences (patent_number) where state = 'declared';
create index open_licences__market on open_licences (market, state, id desc);
create index open_licences__org on open_licences (org_id, id desc);

-- The terms are copied: what a licensee took does not change with the declaration.
create table licence_acceptances (
  id uuid primary key,
  licence_id uuid not null references open_licences (id),
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  state text not null,
  fee jsonb not null,
  payment_terms text not null,
  valid_to date not null,
  noticed_at timestamptz not null,
  paid_at timestamptz,
  payment_reference text,
  constraint licence_acceptances__state check (state in ('noticed', 'in_force')),
  constraint licence_acceptances__paid check
    ((state = 'in_force') = (paid_at is not null and payment_reference is not null))
);
create unique index licence_acceptances__once on licence_acceptances (licence_id, org_id);
create index licence_acceptances__org on licence_acceptances (org_id, id desc);
