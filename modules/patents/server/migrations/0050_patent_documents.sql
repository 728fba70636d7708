-- Sources of patent data: who says it, under which licence, and how far it is trusted where sources differ.
create table patent_source (
  id uuid primary key default uuidv7(),
  key text not null unique,
  name_zh text not null,
  name_en text not null,
  licence text not null default '',
  -- Where sources differ the lower rank wins; of equal ranks the later word.
  rank integer not null default 100,
  created_at timestamptz not null default now()
);

-- Loads from before there were sources.
insert into patent_source (key, name_zh, name_en, rank)
  select distinct case when format = 'demo' then 'demo' else 'file' end,
         case when format = 'demo' then '演示数据' else '上传的文件' end,
         case when format = 'demo' then 'Demonstration data' else 'Uploaded files' end,
         case when format = 'demo' then 1000 else 100 end
    from patent_import;
alter table patent_import add column source_id uuid references patent_source (id);
update patent_import set source_id = (select id from patent_source where key = case when format = 'demo' then 'demo' else 'file' end);
alter table patent_import alter column source_id set not null;
alter table patent_import add column label text not null default '';
-- A load that was taken back: its statements count no longer.
alter table patent_import add column withdrawn_at timestamptz;
alter table patent_import add column withdrawn_by_name text;
alter table patent_import drop constraint patent_import_format_check;
-- The id of the reader, as modules/patents/server/sources lists them.
alter table patent_import add constraint patent_import_format_check check (format ~ '^[a-z][a-z0-9-]{1,30}$');

-- The state of the corpus that readers see: everything up to this version. Changed in the transaction that counts a batch.
create table patent_corpus (
  id boolean primary key default true check (id),
  published bigint not null default 0,
  -- Next ordinal of a document.
  next_doc bigint not null default 1,
  -- Rows in patent_dead, to know whether they must be looked at and when to tidy up.
  dead bigint not null default 0,
  documents bigint not null default 0
);

-- Who still has to look at rows that were replaced: watches, up to which version they have come.
create table patent_reader (
  reader text primary key,
  version bigint not null
);
