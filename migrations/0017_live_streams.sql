-- Numbers for event streams, given by one sequencer after the rows were committed, and the one-time tickets that open a
-- stream for clients which cannot send an Authorization header.

create table stream_counters (
  name text primary key,
  last bigint not null default 0,
  -- Rows up to this number may have been deleted: who resumes from before it has to read everything anew.
  floor bigint not null default 0,
  constraint stream_counters__order check (0 <= floor and floor <= last)
);

alter table notifications add column seq bigint;

-- What was told before is numbered once, in the order in which it was made.
update notifications
set seq = numbered.n
from (select id, row_number() over (order by id) as n from notifications where in_app) as numbered
where numbered.id = notifications.id;

insert into stream_counters (name, last)
select 'notifications', coalesce(max(seq), 0) from notifications;

create table stream_tickets (
  hash bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  -- The one stream that it opens.
  path text not null,
  expires_at timestamptz not null
);
create index stream_tickets__session on stream_tickets (session_id);
create index stream_tickets__expires_at on stream_tickets (expires_at);
