import type { CityPack } from '#kernel/city/schema';
import { AppError } from '#kernel/errors';
import { modelOf, type RegisterModel } from './fields/model.ts';

/** The registers of a pack by id, in the pack's order. */
export type Catalogue = ReadonlyMap<string, RegisterModel>;

const catalogues = new WeakMap<object, Catalogue>();

/** The registers of a pack, prepared once. */
export function catalogueOf(pack: CityPack): Catalogue {
  const known = catalogues.get(pack);
  if (known) return known;
  const made = new Map(pack.registers.map((decl) => [decl.id, modelOf(decl)]));
  catalogues.set(pack, made);
  return made;
}

/** One register. Throws `not_found`. */
export function registerOf(pack: CityPack, id: string): RegisterModel {
  const model = catalogueOf(pack).get(id);
  if (!model) throw new AppError('not_found', { what: '名册' });
  return model;
}
