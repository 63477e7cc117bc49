-- What users are told inside the product. Texts are rendered from kind and params when they are read.

create table notifications (
  id uuid primary key,
  user_id uuid not null references users (id),
  org_id uuid not null references organisations (id),
  kind text not null,
  subject_id text not null,
  params jsonb not null,
  read_at timestamptz,
  created_at timestamptz not null,
  constraint notifications__once unique (user_id, subject_id, kind)
);
create index notifications__user on notifications (user_id, id desc);
create index notifications__unread on notifications (user_id, id desc) where read_at is null;
