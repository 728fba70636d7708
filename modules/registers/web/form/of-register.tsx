import type { FieldContext } from '#shell/components/record-form/control';
import type { RegisterView } from '../../contract.ts';
import { ReferenceInput } from './reference-input.tsx';

/** What the controls of a form need to know of a register: whose regions may be entered, where references lead. */
export function ofRegister(register: RegisterView): Pick<FieldContext, 'regionsOf' | 'reference'> {
  return {
    regionsOf: (key) => (key === register.regionField ? register.abilities.regions : null),
    reference: ({ field, control, value, onChange }) => (
      <ReferenceInput
        control={control}
        register={field.register ?? register.id}
        value={value}
        onChange={onChange}
      />
    ),
  };
}
