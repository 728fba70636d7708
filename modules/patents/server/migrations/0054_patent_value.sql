-- Value of patents (modules/patents, value). Nothing is deleted: criteria and schemes are added with the day from which they
-- hold, scores are added, sums are struck out.
create table patent_value_rule (
  kind text not null check (kind in ('rule-set', 'scheme')),
  version integer not null,
  from_day date not null,
  doc jsonb not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null,
  primary key (kind, version)
);

create table patent_expert_score (
  id uuid primary key default uuidv7(),
  number text not null,
  indicator text not null,
  points real not null check (points between 0 and 100),
  reason text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null
);
create index patent_expert_score_number on patent_expert_score (number, indicator, id);

create table patent_amount (
  id uuid primary key default uuidv7(),
  number text not null,
  kind text not null check (kind in ('economic', 'price')),
  yuan numeric(15, 2) not null check (yuan > 0),
  as_of date not null,
  method text not null,
  source text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  struck_at timestamptz,
  struck_by_name text,
  struck_reason text
);
create index patent_amount_number on patent_amount (number, id);
