import { describe, expect, it } from 'vitest';
import { clusterDdl } from './ddl.ts';

const table = `create table if not exists patent /*cluster*/ (a String, at Date)
  engine = ReplacingMergeTree(at) partition by toYear(at) order by a`;

describe('clusterDdl', () => {
  it('only drops the mark on a single server', () => {
    expect(clusterDdl(table, undefined)).toBe(table.replace('/*cluster*/', ''));
  });

  it('makes the engine replicated and keeps its arguments', () => {
    const text = clusterDdl(table, 'main');
    expect(text).toContain("patent on cluster 'main' (");
    expect(text).toContain(
      "engine = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', at) partition",
    );
  });

  it('takes engines without arguments, with nested ones, and leaves replicated ones alone', () => {
    expect(clusterDdl('engine=MergeTree() order by a', 'c')).toContain(
      "ReplicatedMergeTree('/clickhouse/tables/",
    );
    expect(clusterDdl('engine=MergeTree() order by a', 'c')).toContain("'{replica}')");
    expect(clusterDdl('engine = SummingMergeTree((a, b)) order by a', 'c')).toContain(', (a, b))');
    const replicated = "engine = ReplicatedMergeTree('/x', '{replica}') order by a";
    expect(clusterDdl(replicated, 'c')).toBe(replicated);
  });
});
