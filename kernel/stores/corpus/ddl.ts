/**
 * Turns a table definition into the cluster's dialect. Definitions are written for one server, with the word `cluster`
 * as a block comment after the table's name and an engine with parentheses (`engine = MergeTree()`). On a cluster the
 * comment becomes `on cluster '…'` and the engine its replicated kind; anything else passes unchanged.
 */
export function clusterDdl(sql: string, cluster: string | undefined): string {
  if (!cluster) return sql.replaceAll('/*cluster*/', '');
  return sql
    .replaceAll('/*cluster*/', `on cluster '${cluster}'`)
    .replace(
      /\bengine\s*=\s*(?!Replicated)(\w*MergeTree)\(((?:[^()]|\([^()]*\))*)\)/gi,
      (_, engine: string, args: string) =>
        `engine = Replicated${engine}('/clickhouse/tables/{shard}/{database}/{table}', '{replica}'${args.trim() ? `, ${args}` : ''})`,
    );
}
