import type { Draft, DraftRegister } from './draft.ts';
import { didYouMean, type FaultCode, type FaultParams, type Path } from './faults.ts';
import { type FieldKind, fieldsOf, KIND_NAMES, type KnownField } from './register-fields.ts';
import type { Bilingual, Register } from './schema.ts';
import type { PackText } from './source-text.ts';

/** What a field is used for: its name in faults and the sorts of field that can serve. */
export interface Role extends Bilingual {
  kinds: readonly FieldKind[];
}

/** The fields of a record while they are checked, the file in which they are declared, and where faults go. */
export class RecordCheck {
  constructor(
    readonly draft: Draft,
    readonly file: { text: PackText },
    readonly fields: ReadonlyMap<string, KnownField>,
  ) {}

  /** Reports a fault at a place of the file. */
  add(path: Path, code: FaultCode, params: FaultParams = {}, on: 'key' | 'value' = 'value'): void {
    this.draft.faults.add({ text: this.file.text, path, on }, code, params);
  }

  /** The field of this key, or null after a fault at `path`. Columns of rows are looked up in `among`. */
  field(
    key: string,
    path: Path,
    options: { among?: ReadonlyMap<string, KnownField>; on?: 'key' | 'value' } = {},
  ): KnownField | null {
    const among = options.among ?? this.fields;
    const found = among.get(key);
    if (found) return found;
    this.add(path, 'register-unknown-field', { id: key, ...didYouMean(key, among.keys()) }, options.on);
    return null;
  }

  /** The field of this key if it can serve, or null after a fault at `path`. */
  serving(key: string, path: Path, role: Role, among?: ReadonlyMap<string, KnownField>): KnownField | null {
    const found = this.field(key, path, among ? { among } : {});
    if (!found || role.kinds.includes(found.kind)) return found;
    const needs = (lang: 'zh' | 'en', or: string) => role.kinds.map((k) => KIND_NAMES[k][lang]).join(or);
    this.add(path, 'register-field-unfit', {
      id: key,
      kindZh: KIND_NAMES[found.kind].zh,
      kindEn: KIND_NAMES[found.kind].en,
      roleZh: role.zh,
      roleEn: role.en,
      needZh: needs('zh', '或'),
      needEn: needs('en', ' or '),
    });
    return null;
  }

  /** Reports what stands twice in a list; `pathOf` gives the place of an entry. */
  unique(ids: readonly string[], code: 'duplicate-id' | 'register-field-twice', pathOf: (i: number) => Path) {
    const first = new Map<string, number>();
    for (const [i, id] of ids.entries()) {
      const before = first.get(id);
      if (before === undefined) first.set(id, i);
      else this.add(pathOf(i), code, { id, line: this.file.text.locate(pathOf(before)).line });
    }
  }
}

/** One register while it is checked: its fields and its place in the pack. */
export class RegisterCheck extends RecordCheck {
  constructor(
    draft: Draft,
    override readonly file: DraftRegister & { text: PackText },
    readonly value: Register,
  ) {
    super(draft, file, fieldsOf(value));
  }

  /** Another register of the pack. `known` tells apart what does not exist from what could not be read. */
  other(id: string): { known: boolean; check: RegisterCheck | null } {
    const found = this.draft.registers.find((entry) => entry.id === id);
    if (found?.text && found.value) {
      const file = { ...found, text: found.text };
      return { known: true, check: new RegisterCheck(this.draft, file, found.value) };
    }
    return { known: registerIds(this.draft).has(id), check: null };
  }
}

/**
 * Ids that may be pointed to: those that declarations claim and those that their files' names give them, so that one slip
 * does not make every reference look wrong.
 */
export function registerIds(draft: Draft): ReadonlySet<string> {
  return new Set(draft.registers.flatMap(({ id, stem }) => [id, stem]));
}
