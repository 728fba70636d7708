-- One row per publication; a row of a higher version replaces the one before it. Every reader asks with FINAL.
-- Dates are yyyymmdd numbers, 0 = not known: the patents of the world begin before the engine's date types do.
create table if not exists patent /*cluster*/ (
  -- Identity: the publication number, or the application number where nothing was published yet.
  number String,
  country LowCardinality(String),
  kind LowCardinality(String),
  application_number String,
  -- Application number without check digit, else the publication number without kind: what "the same application" means.
  application_key String,
  type LowCardinality(String),
  granted UInt8,
  title String codec(ZSTD(1)),
  abstract String codec(ZSTD(1)),
  claims Array(String) codec(ZSTD(1)),
  main_claim_only UInt8,
  description String codec(ZSTD(1)),
  applicants Array(String),
  -- The applicants that are not natural persons; facets and strangers' searches see only these.
  organisations Array(String),
  inventors Array(String),
  ipc Array(String),
  cpc Array(String),
  filing_day UInt32,
  publication_day UInt32,
  address String codec(ZSTD(1)),
  region LowCardinality(String),
  region_precision LowCardinality(String),
  legal_status LowCardinality(String),
  legal_status_text String,
  legal_status_day UInt32,
  family_id String,
  citations Array(String),
  agency String,
  agents Array(String),
  extra Map(String, String) codec(ZSTD(1)),
  demo UInt8,
  -- Spellings under which the record is found: p:CN106844774A, p:CN106844774, a:CN201710117081.
  keys Array(String),
  -- Search form of title and abstract, a line break between them. LZ4, because words of three and more characters are
  -- verified on it.
  text String codec(LZ4),
  -- Search forms of the names, for matching parts of them.
  applicant_text String,
  organisation_text String,
  ipc_subclasses Array(LowCardinality(String)) materialized
    arrayDistinct(arrayMap(c -> substring(c, 1, 4), arrayFilter(c -> match(c, '^[A-H][0-9]{2}[A-Z]'), ipc))),
  import_id UUID,
  import_batch UInt32,
  import_row UInt32,
  imported_at DateTime('UTC'),
  -- Of what the source said last, and of the whole content after merging.
  source_hash UInt64,
  content_hash UInt64,
  version UInt64,
  index text_bigrams text type text(tokenizer = ngrams(2)),
  index key_bloom keys type bloom_filter(0.01) granularity 1
) engine = ReplacingMergeTree(version) order by number settings index_granularity = 512;

-- What was written when, append-only: merging never takes a line away. An import that repeats a batch after a crash finds
-- here what was known before that batch.
create table if not exists patent_history /*cluster*/ (
  number String,
  version UInt64,
  source_hash UInt64,
  content_hash UInt64,
  import_id UUID,
  import_batch UInt32,
  import_row UInt32,
  imported_at DateTime('UTC')
) engine = MergeTree() order by (number, version) settings index_granularity = 512;

create materialized view if not exists patent_history_feed /*cluster*/ to patent_history as
  select number, version, source_hash, content_hash, import_id, import_batch, import_row, imported_at from patent;
