import { useQuery } from '@tanstack/react-query';
import { type FieldType, getRegister, listRegisters } from '#modules/registers/contract';
import { queryOf } from '#shell/query';

/** Registers that the reader may see; empty until they are there. */
export function useRegisters(): { known: boolean; choices: { value: string; label: string }[] } {
  const { data } = useQuery(queryOf(listRegisters, {}));
  return {
    known: data !== undefined,
    choices: data?.registers.map(({ id, title }) => ({ value: id, label: title })) ?? [],
  };
}

/** Fields of a register that can hold the number of a patent. */
export function useNumberFields(register: string): { value: string; label: string }[] {
  const { data } = useQuery({
    ...queryOf(getRegister, { params: { register } }),
    enabled: register !== '',
  });
  const of = (type: FieldType) => data?.fields.filter((field) => field.type === type) ?? [];
  const numbers = of('patent-number');
  // A register that has no field of that type may still write numbers as text.
  return (numbers.length > 0 ? numbers : of('text')).map(({ key, label }) => ({ value: key, label }));
}
