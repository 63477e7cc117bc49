-- How soon organisations answer what they are asked, measured each night for the scores of matches; without a row too little is
-- known.
create table answering_times (
  org_id uuid primary key references organisations (id) on delete cascade,
  median_hours double precision not null,
  cases integer not null,
  measured_at timestamptz not null,
  constraint answering_times__hours check (median_hours >= 0),
  constraint answering_times__cases check (cases > 0)
);
