-- Who would bid for a supply, and in which band of prices, asked before its lot has terms.

create table auction_interests (
  supply_id uuid not null references listings (id),
  org_id uuid not null references organisations (id),
  user_id uuid not null references users (id),
  band text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auction_interests__one primary key (supply_id, org_id)
);
