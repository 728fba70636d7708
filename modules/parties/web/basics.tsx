import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#shell/query';
import { listRegions } from '../contract.ts';
import { ChoiceInput, TextInput } from './inputs.tsx';
import type { PlacedIssue } from './issues.ts';
import { useText } from './text.ts';
import { departmentKinds, type PartyDoc, regionKinds } from './words.ts';

/** Id (of a new record), kind, the region it belongs to, and a note. */
export function Basics({
  doc,
  isNew,
  issues,
  onChange,
}: {
  doc: PartyDoc;
  isNew: boolean;
  issues: readonly PlacedIssue[];
  onChange: (part: Partial<PartyDoc>) => void;
}) {
  const t = useText();
  const regions = useQuery(queryOf(listRegions, { query: {} }));
  const choices = (regions.data?.regions ?? [])
    .filter((r) => r.id !== doc.id)
    .map((r) => ({ value: r.id, label: r.name }));
  const kinds = 'codes' in doc ? regionKinds : departmentKinds;
  return (
    <>
      {isNew && (
        <TextInput
          place="id"
          label={t('edit.id')}
          help={t('edit.idHelp')}
          issues={issues}
          required
          value={doc.id}
          onChange={(id) => onChange({ id })}
        />
      )}
      <ChoiceInput
        place="kind"
        label={t('party.kind')}
        issues={issues}
        required
        value={doc.kind}
        choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => onChange({ kind } as Partial<PartyDoc>)}
      />
      {'codes' in doc ? (
        <ChoiceInput
          place="parent"
          label={t('party.parent')}
          issues={issues}
          none={t('edit.none')}
          value={doc.parent}
          choices={choices}
          onChange={(parent) => onChange({ parent: parent || null })}
        />
      ) : (
        <ChoiceInput
          place="region"
          label={t('party.region')}
          issues={issues}
          none={t('edit.none')}
          value={doc.region}
          choices={choices}
          onChange={(region) => onChange({ region: region || undefined })}
        />
      )}
      <TextInput
        place="note"
        label={t('party.note')}
        issues={issues}
        value={doc.note}
        onChange={(note) => onChange({ note: note || undefined })}
      />
    </>
  );
}
