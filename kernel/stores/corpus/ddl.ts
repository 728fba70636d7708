/**
 * Turns a table definition into the cluster's dialect. Definitions are written for one server, with a comment
 * "cluster" (see the code) after the table's name and an engine with parentheses (`engine = MergeTree()`); on a cluster the comment
 * becomes `on cluster '…'` and the engine its replicated kind. Anything else passes unchanged.
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
