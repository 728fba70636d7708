import type { RegisterView } from '../../contract.ts';

/** What a control gets, so that label, help and what is wrong belong to it for everybody. */
export interface InputControl {
  id: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  'aria-required'?: true | undefined;
}

/** What controls need to know of the form around them. */
export interface FieldContext {
  register: RegisterView;
  /** Names of files by their id. */
  files: Readonly<Record<string, string>>;
  onFile: (id: string, name: string) => void;
  /** An organisation with this code was chosen in a field. */
  onCode: (key: string, code: string) => void;
}
