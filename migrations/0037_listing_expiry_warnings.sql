-- Which end of validity an owner has been warned of; a renewal brings another day and so another warning.
create table listing_expiry_warnings (
  listing_id uuid primary key references listings (id) on delete cascade,
  valid_until date not null
);
