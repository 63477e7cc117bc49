-- What became of the deals about a listing, told by deals; without a row there were none.
create table listing_track_records (
  listing_id uuid primary key references listings (id) on delete cascade,
  deals_signed integer not null,
  -- Dropped one after the other since the last one that was signed.
  dropped_in_a_row integer not null,
  updated_at timestamptz not null,
  constraint listing_track_records__counts check (deals_signed >= 0 and dropped_in_a_row >= 0)
);
