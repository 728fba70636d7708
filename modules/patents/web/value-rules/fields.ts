import { ApiError, issuesAt } from '#shell/api-error';

/** A field of a form with what is wrong with it. Fields are named as the server names them, `/criteria/0/years`. */
export interface CheckedField {
  path: string;
  label: string;
  /** In words; null where nothing is wrong. */
  fault: string | null;
}

/** What is wrong with a field. */
export type Fault = CheckedField & { fault: string };

/** Id of a field's control. */
export function fieldId(path: string): string {
  return `rules${path.replaceAll('/', '-')}`;
}

/** Fields with which something is wrong. */
export function faultsIn(fields: readonly CheckedField[]): Fault[] {
  return fields.filter((field): field is Fault => field.fault !== null);
}

/**
 * What the server says of fields, each at the nearest field that the form has; `all` is false where it says something that
 * belongs to none.
 */
export function faultsOfServer(
  error: unknown,
  fields: readonly CheckedField[],
): { faults: Fault[]; all: boolean } {
  if (!(error instanceof ApiError) || error.issues.length === 0) return { faults: [], all: false };
  const said = issuesAt(error, '/body');
  const faults = said.flatMap((issue): Fault[] => {
    const path = issue.path.slice('/body'.length);
    const near = fields
      .filter((field) => path === field.path || path.startsWith(`${field.path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
    return near ? [{ path: near.path, label: near.label, fault: issue.message }] : [];
  });
  return { faults, all: faults.length === error.issues.length };
}
