import { useQuery } from '@tanstack/react-query';
import { call } from '#shell/api';
import { queries, queryOf } from '#shell/query';
import { createObject, listObjects, type WorkbenchObject } from '../../contract.ts';

const KEY = 'zc.workbench.collection';

/** A collection by name. */
export type Place = Pick<WorkbenchObject, 'id' | 'name'>;

/** The collection that was last added to in this window; it is offered first. */
export function lastCollection(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Remembers it. */
export function rememberCollection(id: string): void {
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // The first one of the list is offered instead.
  }
}

const mineQuery = queryOf(listObjects, { query: { kind: 'collection' } });

/** Collections that the account may change. */
export function useCollections() {
  const list = useQuery(mineQuery);
  return { list, mine: list.data?.objects.filter((one) => one.abilities.edit) ?? [] };
}

/**
 * The chosen collection, or a new one of that name. One of the account's own that already has the name is taken: a second try
 * after a lost answer makes no second one.
 */
export async function collectionFor(chosen: Place | { name: string }): Promise<Place> {
  if ('id' in chosen) return chosen;
  const name = chosen.name.trim();
  const { objects } = await queries.fetchQuery({ ...mineQuery, staleTime: 0 });
  const same = objects.find((one) => one.own && one.name === name);
  return same ?? (await call(createObject, { body: { kind: 'collection', name } }));
}
