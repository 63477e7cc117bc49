-- What organisations say of themselves and operators have seen: the facts that rules read.

create table organisation_evidence (
  id uuid primary key,
  org_id uuid not null references organisations (id),
  field text not null,
  value jsonb not null,
  as_of date not null,
  valid_to date,
  source text not null,
  state text not null,
  declared_by uuid not null references users (id),
  verified_at timestamptz,
  created_at timestamptz not null,
  constraint organisation_evidence__state check (state in ('declared', 'verified')),
  constraint organisation_evidence__verified check ((state = 'verified') = (verified_at is not null)),
  constraint organisation_evidence__validity check (valid_to >= as_of)
);
create index organisation_evidence__org on organisation_evidence (org_id, field, as_of desc);
