-- What brokers work on and what they may not touch.

create table broker_profiles (
  user_id uuid primary key references users (id),
  grade text not null,
  fields text[] not null,
  regions text[] not null,
  languages text[] not null,
  certificates jsonb not null,
  capacity integer,
  is_available boolean not null,
  version integer not null,
  updated_at timestamptz not null,
  constraint broker_profiles__capacity check (capacity > 0)
);

create table broker_conflicts (
  user_id uuid not null references users (id),
  organisation_id uuid not null references organisations (id),
  reason text not null,
  note text,
  declared_at timestamptz not null,
  constraint broker_conflicts__once primary key (user_id, organisation_id)
);
