-- What was said by whom: one row for every publication that a load spoke of and that said something new. Append-only; the
-- record that people search is made from these (patent_document). Rows of a version above the published one do not exist
-- for readers yet (kernel records: patent_corpus).
create table if not exists patent_statement /*cluster*/ (
  number String,
  version UInt32,
  -- The load (patent_import) and its place in it.
  import_id UUID,
  import_row UInt32,
  imported_at DateTime('UTC'),
  -- 64 bits over what was said.
  source_hash UInt64,
  -- The content as JSON; only read when a record is put together again.
  content String codec(ZSTD(3))
) engine = MergeTree() order by (number, version) settings index_granularity = 512;

-- The records that people search, one row per publication and version of its content. A row that was replaced stays until
-- the corpus is tidied up; its ordinal is in patent_dead. Texts are kept as read and as forms (query/form.ts): the forms
-- are what is searched. Dates are yyyymmdd numbers, 0 = not known.
create table if not exists patent_document /*cluster*/ (
  -- Ordinal of this row; never used twice.
  doc UInt32,
  version UInt32,
  number String,
  country LowCardinality(String),
  kind LowCardinality(String),
  application_number String,
  -- Application number without check digit, else the publication number without kind: what "the same application" means.
  application_key String,
  type LowCardinality(String),
  granted UInt8,
  lang LowCardinality(String),
  title String codec(ZSTD(1)),
  abstract String codec(ZSTD(1)),
  applicants Array(String),
  ipc Array(String),
  cpc Array(String),
  filing_day UInt32,
  publication_day UInt32,
  grant_day UInt32,
  priority_day UInt32,
  region LowCardinality(String),
  region_precision LowCardinality(String),
  legal_status LowCardinality(String),
  legal_status_day UInt32,
  agency LowCardinality(String),
  family_id String,
  -- 64 bits over the simple family, else the application.
  family_key UInt64,
  family_size UInt16,
  claim_count UInt16,
  citation_count UInt16,
  demo UInt8,
  -- Everything else of the record as JSON, for its page and for exports.
  rest String codec(ZSTD(3)),
  claims Array(String) codec(ZSTD(3)),
  description String codec(ZSTD(3)),
  -- 64 bits over the name of each organisation among the applicants; names lie in patent_applicant.
  applicant_ids Array(UInt64),
  ipc_subclasses Array(LowCardinality(String)),
  cpc_subclasses Array(LowCardinality(String)),
  -- Spellings under which the record is found: p: publication, a: application, r: priority, f: family, c: cited.
  keys Array(String),
  -- Classes with all levels above them: i:A01B1 IPC, m: main IPC, c: CPC, l: Locarno; i=A01B1/02 the symbol itself.
  class_keys Array(String),
  title_form String,
  abstract_form String,
  claims_form String,
  description_form String codec(ZSTD(1)),
  applicant_form String,
  organisation_form String,
  inventor_form String codec(ZSTD(1)),
  address_form String codec(ZSTD(1)),
  agency_form String codec(ZSTD(1)),
  agent_form String codec(ZSTD(1)),
  province_form String codec(ZSTD(1)),
  event_form String codec(ZSTD(1)),
  import_id UUID,
  import_row UInt32,
  imported_at DateTime('UTC'),
  index version_range version type minmax granularity 8,
  index title_pairs title_form type text(tokenizer = ngrams(2), support_phrase_search = 1),
  index title_signs lower(title_form) type text(tokenizer = asciiCJK),
  index abstract_pairs abstract_form type text(tokenizer = ngrams(2), support_phrase_search = 1),
  index abstract_signs lower(abstract_form) type text(tokenizer = asciiCJK),
  index claims_pairs claims_form type text(tokenizer = ngrams(2), support_phrase_search = 1),
  index claims_signs lower(claims_form) type text(tokenizer = asciiCJK),
  index description_pairs description_form type text(tokenizer = ngrams(2)),
  index applicant_pairs applicant_form type text(tokenizer = ngrams(2), support_phrase_search = 1),
  index organisation_pairs organisation_form type text(tokenizer = ngrams(2), support_phrase_search = 1),
  index key_index keys type text(tokenizer = array),
  index class_index class_keys type text(tokenizer = array)
) engine = MergeTree() order by doc
  settings index_granularity = 128, min_compress_block_size = 65536, allow_experimental_text_index_phrase_search = 1;

-- Ordinals of rows that were replaced or taken back, since which version.
create table if not exists patent_dead /*cluster*/ (doc UInt32, version UInt32)
  engine = MergeTree() order by doc;

-- Names behind patent_document.applicant_ids.
create table if not exists patent_applicant /*cluster*/ (id UInt64, name String)
  engine = ReplacingMergeTree() order by id;
