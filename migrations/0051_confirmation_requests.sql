-- When an owner was last asked whether a listing still holds, and about which confirmation: a new one brings a new request.
create table listing_confirmation_requests (
  listing_id uuid primary key references listings (id) on delete cascade,
  confirmed_at timestamptz not null,
  asked_at timestamptz not null
);
