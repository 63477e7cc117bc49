-- What happened, once per subject, and how often, by day, market and field.

create table statistic_facts (
  measure text not null,
  subject uuid not null,
  market text not null,
  fields text[] not null,
  day date not null,
  amount bigint not null,
  constraint statistic_facts__once primary key (measure, subject)
);

create table statistic_counters (
  market text not null,
  measure text not null,
  field text not null,
  day date not null,
  count bigint not null,
  amount bigint not null,
  constraint statistic_counters__cell primary key (market, measure, field, day)
);
