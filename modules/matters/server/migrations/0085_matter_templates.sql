-- Templates of documents that an office edits in Word: versions, and which one was put in force when. Nothing is changed or deleted.

create table matter_template (
  item text not null,
  -- Document of the item.
  document text not null,
  version integer not null check (version > 0),
  file uuid not null references stored_file (id),
  sha256 text not null,
  -- Tags in it, as found when it was checked.
  tags text[] not null,
  uploaded_at timestamptz not null,
  uploaded_by text not null references auth."user" (id),
  uploader text not null,
  primary key (item, document, version)
);

create table matter_template_use (
  item text not null,
  document text not null,
  seq integer not null check (seq > 0),
  -- Zero is the platform's own form.
  version integer not null check (version >= 0),
  note text not null,
  at timestamptz not null,
  used_by text not null references auth."user" (id),
  user_name text not null,
  primary key (item, document, seq)
);

create function matter_templates_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'templates are append-only';
end $$;
create trigger matter_template_append_only before update or delete on matter_template
  for each statement execute function matter_templates_are_append_only();
create trigger matter_template_use_append_only before update or delete on matter_template_use
  for each statement execute function matter_templates_are_append_only();

-- With which template the platform made a paper: a version of the office's own, or zero for the platform's form, which all had before.
alter table matter_paper add column template integer;
update matter_paper set template = 0 where number is not null;
alter table matter_paper add check ((number is null) = (template is null));

-- Made papers as PDF. Only what is told about the making changes; the bytes that were made stay.
create table matter_rendition (
  matter uuid not null,
  paper integer not null,
  state text not null check (state in ('waiting', 'made', 'failed')),
  tries integer not null default 0,
  file uuid references stored_file (id),
  made_at timestamptz,
  primary key (matter, paper),
  foreign key (matter, paper) references matter_paper (matter, no),
  check ((state = 'made') = (file is not null and made_at is not null))
);
