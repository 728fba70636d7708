import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#shell/query';
import { type FieldView, getRegister, type RegisterView } from '../contract.ts';

/** A register's declaration, kept for as long as the page is open; what one may do with it can change, so not for ever. */
export function useRegister(register: string) {
  return useQuery({ ...queryOf(getRegister, { params: { register } }), staleTime: 120_000 });
}

/** The fields of a declaration by their keys. */
export function fieldsByKey(register: Pick<RegisterView, 'fields'>): ReadonlyMap<string, FieldView> {
  return new Map(register.fields.map((f) => [f.key, f]));
}
