-- no-transaction
-- Search by scope (public teaser or member text as well), by qualification and by pinyin; correction of misspelt Latin words.

alter table search_documents
  -- Valid, verified qualifications of the owner.
  add column if not exists qualifications text[] not null default '{}',
  -- The beginning of folded_text that everybody may read, for quoted phrases.
  add column if not exists teaser_length integer not null default 0,
  -- What may be suggested, a line each for the text as written, folded, in full pinyin and in pinyin initials.
  add column if not exists suggestions text[] not null default '{}',
  -- The beginnings of those lines after the first, as lexemes that are found by prefix.
  add column if not exists suggest_tsv tsvector not null default '';
alter table search_documents alter column qualifications set storage main;

-- rank_tsv holds every public word from now on: the index of callers who may not search member text.
create index concurrently if not exists search_documents__rank_tsv on search_documents using gin (rank_tsv) with (gin_pending_list_limit = 256);
create index concurrently if not exists search_documents__suggest_tsv on search_documents using gin (suggest_tsv)
  with (gin_pending_list_limit = 256);

-- Latin words of public texts, for the nearest one to a misspelt word. Words of removed listings may stay.
create table if not exists search_words (
  word text primary key
);
create index concurrently if not exists search_words__trigrams on search_words using gin (word gin_trgm_ops);

-- Any version is newer than 0: the next check of the index writes every document in its new form, and until then all
-- remain searchable in the old one.
update search_documents set version = 0;
