-- What of a matter everybody may read. Each preparation is a row; nothing is changed but how it went on with it. The log holds the
-- SHA-256 of what was prepared and what was released.
create table matter_publication (
  id uuid primary key,
  matter uuid not null references matter (id),
  item text not null,
  department text not null,
  -- Entry with which it was prepared, and the paper whose text it is.
  prepared integer not null,
  paper integer not null,
  title text not null,
  summary text not null,
  body text not null,
  -- Limit by which it ends; null where no rule ends it.
  ends text,
  -- Entry with which the head released it, or sent it back; of what was released the days on which it stands.
  released integer,
  returned integer,
  released_on date,
  until date,
  -- Entry with which it came down before its time, and why; what took its place, where it was corrected.
  down integer,
  down_on date,
  reason text,
  replaced_by uuid references matter_publication (id),
  search text not null generated always as (lower(title || ' ' || summary)) stored,
  check (released is null or returned is null),
  check ((released is null) = (released_on is null)),
  check ((down is null) = (down_on is null)),
  check (down is null or released is not null)
);
create unique index matter_publication_entry on matter_publication (matter, prepared);
create index matter_publication_public on matter_publication (released_on desc, id desc) where released is not null and down is null;

-- Which kinds of entries there are, the code says; each new one would write this anew.
alter table matter_log drop constraint matter_log_kind_check;
alter table matter_log add constraint matter_log_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
