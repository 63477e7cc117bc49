-- Whose turn an item is, who may take it, who has read it, and until when it is due. The defaults serve a program of the
-- release before, which knows none of this: its items are open to all and stand in the order of their creation.

alter table review_items
  add column turn_at timestamptz not null default clock_timestamp(),
  add column worth jsonb,
  add column value_fen bigint,
  add column open_to_all_at timestamptz not null default clock_timestamp(),
  add column min_step integer not null default 0,
  add column certificate text,
  add column stage text not null default 'first',
  add column due_at timestamptz not null default clock_timestamp() + interval '48 hours',
  add column late_at timestamptz not null default clock_timestamp() + interval '96 hours',
  add column chases integer not null default 0,
  add constraint review_items__stage check (stage in ('first', 'second', 'senior')),
  add constraint review_items__late check (due_at <= late_at);
update review_items set turn_at = created_at where state in ('open', 'snoozed');

-- What each broker said about an item. A reading settles the item, or hands it to a second reader or a senior broker.
create table review_readings (
  review_item_id uuid not null references review_items (id),
  turn integer not null,
  -- Of the item: an item that was withdrawn and opened again starts anew.
  opened_at timestamptz not null,
  stage text not null,
  user_id uuid not null references users (id),
  org_id uuid not null,
  answer text not null,
  reason_code text,
  note text,
  read_at timestamptz not null,
  constraint review_readings__turn primary key (review_item_id, turn),
  constraint review_readings__stage check (stage in ('first', 'second', 'senior')),
  constraint review_readings__answer check (answer in ('approve', 'reject', 'escalate'))
);
create index review_readings__second on review_readings (read_at) where stage = 'second';
