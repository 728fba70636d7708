import type { DeepReadonly } from '#kernel/city/schema';
import type { Register } from '#kernel/city/schema-register';
import { type RecordModel, recordModel } from '#kernel/fields/model';

/** A declaration prepared for work. */
export interface RegisterModel extends RecordModel {
  decl: DeepReadonly<Register>;
  /** Facet keys in the order of their slots c1…c6. */
  facets: readonly string[];
}

/** Prepares a declaration. It was checked when the pack was loaded. */
export function modelOf(decl: DeepReadonly<Register>): RegisterModel {
  const { from, to } = decl.validity;
  const record = recordModel(decl.schema, {
    period: { from, to: to ?? null },
    computed: decl.computed?.map((c) => c.id) ?? [],
  });
  // The region is offered in every register that has one.
  return { ...record, decl, facets: decl.facets.filter((key) => key !== decl.entry.region) };
}
