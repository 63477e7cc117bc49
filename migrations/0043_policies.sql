-- Policies: dated versions of rules and benefit, and what each enterprise claimed under them.

create table policies (
  id uuid primary key,
  market text not null references markets (code),
  org_id uuid not null references organisations (id),
  external_id text,
  state text not null,
  version integer not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint policies__state check (state in ('draft', 'published', 'withdrawn'))
);
create index policies__market on policies (market, state, id desc);
create unique index policies__external_id on policies (org_id, external_id);

create table policy_versions (
  policy_id uuid not null references policies (id),
  number integer not null,
  title text not null,
  issuer text not null,
  document_no text,
  category text not null,
  summary text not null,
  rules jsonb not null,
  benefit jsonb,
  basis jsonb not null,
  effective_from date not null,
  effective_to date,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (policy_id, number),
  constraint policy_versions__days check (effective_to >= effective_from)
);
create unique index policy_versions__one_draft on policy_versions (policy_id) where published_at is null;
-- The rules of a day are those of the version that began last before it, so no two may begin together.
create unique index policy_versions__from on policy_versions (policy_id, effective_from) where published_at is not null;

-- A published version is what claims were judged by.
create function policy_versions_stay() returns trigger language plpgsql as $$
begin
  raise exception 'version % of policy % is published', old.number, old.policy_id using errcode = 'check_violation';
end $$;
create trigger policy_versions__stay before update or delete on policy_versions
  for each row when (old.published_at is not null) execute function policy_versions_stay();

create table policy_redemptions (
  id uuid primary key,
  policy_id uuid not null,
  policy_version integer not null,
  org_id uuid not null references organisations (id),
  market text not null references markets (code),
  state text not null,
  -- What may be claimed once: `once`, a calendar year, a year of a loan, or the redemption itself where there is no limit.
  period text not null,
  application_id uuid references finance_applications (id),
  loan_year integer,
  answer text not null,
  missing jsonb not null,
  claimed_fen bigint,
  amount_fen bigint,
  documents jsonb not null,
  note text,
  refusal_reason text,
  payment_reference text,
  version integer not null,
  claimed_by uuid not null references users (id),
  claimed_on date not null,
  claimed_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  foreign key (policy_id, policy_version) references policy_versions (policy_id, number),
  constraint policy_redemptions__state check (state in ('claimed', 'confirmed', 'paid', 'refused')),
  constraint policy_redemptions__amounts check (claimed_fen >= 0 and amount_fen > 0),
  constraint policy_redemptions__confirmed check (state not in ('confirmed', 'paid') or amount_fen is not null),
  constraint policy_redemptions__paid check ((state = 'paid') = (payment_reference is not null)),
  constraint policy_redemptions__refused check ((state = 'refused') = (refusal_reason is not null)),
  constraint policy_redemptions__ended check ((state in ('paid', 'refused')) = (ended_at is not null)),
  constraint policy_redemptions__loan_year check ((application_id is null) = (loan_year is null) and loan_year >= 1)
);
-- Once, once a year, once for each year of a loan: whatever the benefit says, as one rule. What was refused may be claimed again.
create unique index policy_redemptions__period on policy_redemptions (policy_id, org_id, period) where state <> 'refused';
create index policy_redemptions__org on policy_redemptions (org_id, id desc);
create index policy_redemptions__market on policy_redemptions (market, state, id desc);

-- What is taken of a cap in a year: of one organisation's (scope: the organisation) or of the budget (scope: the policy).
create table policy_allowances (
  policy_id uuid not null references policies (id),
  scope uuid not null,
  year integer not null,
  taken_fen bigint not null,
  cap_fen bigint not null,
  primary key (policy_id, scope, year),
  constraint policy_allowances__floor check (taken_fen >= 0),
  constraint policy_allowances__cap check (taken_fen <= cap_fen)
);
