import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';

/**
 * A query's first answer that is still on its way when something changes may be older than the change, and the library would
 * keep it as the newest: here it is asked for once more.
 */
export class Queries extends QueryClient {
  override async invalidateQueries(
    filters?: InvalidateQueryFilters,
    options?: InvalidateOptions,
  ): Promise<void> {
    const early = this.getQueryCache()
      .findAll(filters)
      .filter((query) => query.state.data === undefined && query.state.fetchStatus !== 'idle');
    await super.invalidateQueries(filters, options);
    if (early.length === 0) return;
    await Promise.allSettled(early.map((query) => query.promise));
    await super.invalidateQueries({ ...filters, predicate: (query) => early.includes(query) }, options);
  }
}
