-- "More like this": which documents hold which term, how often, and how long they are. A term is a number (a character, a
-- pair of characters, or the hash of a Latin word; see similar/tokens.ts); a document is an ordinal. A changed text gets a
-- new ordinal and the old one becomes dead, so a query leaves out few numbers instead of looking for the newest version.
-- Small granules and blocks: a question reads a hundred short stretches.
create table if not exists patent_term /*cluster*/ (
  term UInt64 codec(LZ4),
  id UInt32 codec(LZ4),
  tf UInt8 codec(LZ4),
  len UInt16 codec(LZ4)
) engine = MergeTree() order by (term, id) primary key term
  settings index_granularity = 512, min_compress_block_size = 8192, max_compress_block_size = 16384;

-- A batch arrives as one row a document and is spread out by the view.
create table if not exists patent_term_inbox /*cluster*/ (
  id UInt32,
  len UInt16,
  terms Array(UInt64),
  tfs Array(UInt8)
) engine = Null;

create materialized view if not exists patent_term_feed /*cluster*/ to patent_term as
  select term, id, tf, len from patent_term_inbox array join terms as term, tfs as tf;

-- Ordinals that were given out, written before the terms of a batch …
create table if not exists patent_term_span /*cluster*/ (
  first UInt32,
  last UInt32
) engine = MergeTree() order by first;

-- … and the documents behind them, written after the terms: what has no line here was broken off and does not count.
create table if not exists patent_term_doc /*cluster*/ (
  number String,
  id UInt32,
  text_hash UInt64,
  len UInt16
) engine = MergeTree() order by (number, id) settings index_granularity = 512;

-- Ordinals of former texts and of batches that were broken off; their terms may still lie in patent_term.
create table if not exists patent_term_dead /*cluster*/ (
  id UInt32
) engine = MergeTree() order by id;
