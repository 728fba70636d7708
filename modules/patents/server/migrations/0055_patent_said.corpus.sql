-- Which publications a load spoke of, also where it said nothing new and left no statement: without it a later load that
-- repeats a record could not be told from one that no longer has it. A batch that is repeated after a crash writes the same
-- rows again. Loads from before this table are known by their statements alone.
create table if not exists patent_said /*cluster*/ (
  import_id UUID,
  number String,
  version UInt32
) engine = ReplacingMergeTree(version) order by (import_id, number);
