-- What the applicant thinks of how a matter was handled, once per matter, and what the office says to it. It can be erased: the log
-- holds the score and the hash of the words.
create table matter_rating (
  matter uuid primary key references matter (id),
  item text not null,
  -- 5 very content, 4 content, 3 content on the whole, 2 not content, 1 not content at all.
  score smallint not null check (score between 1 and 5),
  words text not null,
  seq integer not null,
  rated_on date not null,
  answer text,
  answer_seq integer,
  check ((answer is null) = (answer_seq is null))
);
create index matter_rating_item on matter_rating (item, rated_on) include (score);
create index matter_rating_day on matter_rating (rated_on) include (score);

alter table matter_log drop constraint matter_log_kind_check;
alter table matter_log add constraint matter_log_kind_check
  check (kind in ('step', 'assigned', 'struck', 'reckoned', 'admitted', 'recoded', 'dismissed', 'served', 'unsealed', 'rated', 'answered'));
