import type { ReactNode } from 'react';
import type { SimpleView } from './values.ts';

/** What a control gets, so that label, help and what is wrong belong to it for everybody. */
export interface InputControl {
  id: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  'aria-required'?: true | undefined;
}

/** What the control of one value gets. */
export interface InputProps {
  field: SimpleView;
  control: InputControl;
  value: string;
  onChange: (value: string) => void;
}

/** Sends a file to the server, which keeps it; throws when it is refused. `onProgress` is told from 0 to 1. */
export type Upload = (
  file: File,
  how: { signal: AbortSignal; onProgress: (sent: number) => void },
) => Promise<{ id: string; name: string }>;

/** What controls need to know of the form around them. It is the same object until something in it changes. */
export interface FieldContext {
  /** What ids of controls begin with; `entry` unless given. Two forms on one page need two. */
  prefix?: string;
  /** Names of files by their id. */
  files: Readonly<Record<string, string>>;
  /** A file was uploaded. */
  onFile: (id: string, name: string) => void;
  /** Keeps a file; evidence of the accounts unless given. */
  upload?: Upload;
  /** Where a kept file is handed out, null where it cannot be yet; where evidence is unless given. */
  fileHref?: (id: string) => string | null;
  /** An organisation with this code was chosen in a field. */
  onCode?: (key: string, code: string) => void;
  /** Regions among which a field or column lets choose; all of them where it is absent or gives null. */
  regionsOf?: (key: string) => readonly string[] | null;
  /** Control of a reference to an entry of a register; without it the number is typed. */
  reference?: (props: InputProps) => ReactNode;
}

/** What ids of controls begin with unless a form says otherwise. */
export const PREFIX = 'entry';
