-- Names of applicants taken together (modules/patents, applicants). A link says that one name stands for what another names.
-- Links are never deleted: one that was undone or declined stays, so that no rule makes it again.
create table patent_applicant_link (
  id uuid primary key default uuidv7(),
  -- Identities as in patent_document.applicant_ids, as decimal text (64 bits without sign).
  member text not null check (member ~ '^\d{1,20}$'),
  member_name text not null,
  head text not null check (head ~ '^\d{1,20}$'),
  head_name text not null,
  -- The rule that found it; `person` where somebody said so without one.
  rule text not null check (rule in ('spelling', 'organisation', 'former-name', 'legal-form', 'school', 'person')),
  state text not null check (state in ('proposed', 'active', 'undone', 'declined')),
  -- Evidence of the rule, or the words of the person.
  detail jsonb not null default '{}',
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decision_reason text,
  check (member <> head)
);
-- A name stands for one other at most.
create unique index patent_applicant_link_active on patent_applicant_link (member) where state = 'active';
-- The same rule says the same only once; people may say it again.
create unique index patent_applicant_link_said on patent_applicant_link (member, head, rule) where rule <> 'person';
create index patent_applicant_link_head on patent_applicant_link (head);

-- Which organisation of the platform a name is, present or former, by its record.
create table patent_applicant_organisation (
  applicant text primary key,
  organisation_id uuid not null
);
create index patent_applicant_organisation_id on patent_applicant_organisation (organisation_id);

-- Another one after every change of the links, so that whoever keeps them in memory sees that they changed.
alter table patent_corpus add column applicants uuid;
