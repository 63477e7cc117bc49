-- What the sides of an introduction and their broker write to each other, sealed by the introduction's key, and when they meet.

create table introduction_messages (
  id uuid primary key,
  introduction_id uuid not null references introductions (id),
  author text not null,
  user_id uuid not null references users (id),
  box bytea not null,
  created_at timestamptz not null,
  constraint introduction_messages__author check (author in ('demand', 'supply', 'broker'))
);
create index introduction_messages__thread on introduction_messages (introduction_id, id desc);

create table introduction_reads (
  introduction_id uuid not null references introductions (id),
  user_id uuid not null references users (id) on delete cascade,
  message_id uuid not null references introduction_messages (id),
  read_at timestamptz not null,
  constraint introduction_reads__once primary key (introduction_id, user_id)
);

create table introduction_meetings (
  id uuid primary key,
  introduction_id uuid not null references introductions (id),
  proposer text not null,
  user_id uuid not null references users (id),
  state text not null,
  mode text not null,
  minutes integer not null,
  starts timestamptz[] not null,
  box bytea not null,
  agreed_start timestamptz,
  settled_by uuid references users (id),
  settled_at timestamptz,
  created_at timestamptz not null,
  constraint introduction_meetings__proposer check (proposer in ('demand', 'supply', 'broker')),
  constraint introduction_meetings__state check (state in ('proposed', 'agreed', 'cancelled')),
  constraint introduction_meetings__mode check (mode in ('online', 'on_site', 'phone')),
  constraint introduction_meetings__minutes check (minutes between 15 and 480),
  constraint introduction_meetings__starts check (cardinality(starts) between 1 and 5),
  constraint introduction_meetings__agreed check (state <> 'agreed' or agreed_start = any (starts))
);
create index introduction_meetings__introduction on introduction_meetings (introduction_id, id desc);
