import { Button, Checkbox } from 'antd';
import type { ReactNode } from 'react';
import type { Region } from '#kernel/city/schema';
import { ChoiceInput, DateInput, TextInput } from './inputs.tsx';
import { type PlacedIssue, placeId } from './issues.ts';
import css from './parties.module.css';
import { useText } from './text.ts';
import { ownSource, type PartyDoc } from './words.ts';

type Name = PartyDoc['names'][number];
type Successor = PartyDoc['successors'][number];
type Code = Region['codes'][number];

interface EntryProps<T> {
  index: number;
  value: T;
  issues: readonly PlacedIssue[];
  onChange: (value: T) => void;
  /** Absent where it may not be removed. */
  onRemove?: () => void;
}

/** What a person changes becomes that person's own statement; the box tells whether it was read somewhere. */
const stated = <T extends { source: string; verified: boolean }>(entry: T, part: Partial<T>): T => ({
  ...entry,
  source: ownSource,
  verified: false,
  ...part,
});

/** One name with its days. */
export function NameEntry({ index, value, issues, onChange, onRemove }: EntryProps<Name>) {
  const t = useText();
  const place = `names/${index}`;
  const set = (part: Partial<Name>) => onChange(stated(value, part));
  return (
    <Card
      place={place}
      title={t('edit.nameN', { n: index + 1 })}
      issues={issues}
      verified={value.verified}
      onVerified={(verified) => onChange({ ...value, verified })}
      onRemove={onRemove}
    >
      <TextInput
        place={`${place}/zh`}
        label={t('edit.zh')}
        issues={issues}
        required
        value={value.zh}
        onChange={(zh) => set({ zh })}
      />
      <TextInput
        place={`${place}/en`}
        label={t('edit.en')}
        issues={issues}
        required
        value={value.en}
        onChange={(en) => set({ en })}
      />
      <TextInput
        place={`${place}/short`}
        label={t('edit.short')}
        issues={issues}
        value={value.short}
        onChange={(short) => set({ short: short || undefined })}
      />
      <Days place={place} value={value} issues={issues} onChange={set} />
    </Card>
  );
}

/** One code with its days. */
export function CodeEntry({ index, value, issues, onChange, onRemove }: EntryProps<Code>) {
  const t = useText();
  const place = `codes/${index}`;
  const set = (part: Partial<Code>) => onChange(stated(value, part));
  return (
    <Card
      place={place}
      title={t('edit.codeN', { n: index + 1 })}
      issues={issues}
      verified={value.verified}
      onVerified={(verified) => onChange({ ...value, verified })}
      onRemove={onRemove}
    >
      <div className={css.pair}>
        <TextInput
          place={`${place}/code`}
          label={t('edit.code')}
          issues={issues}
          required
          value={value.code}
          onChange={(code) => set({ code })}
        />
        <ChoiceInput
          place={`${place}/system`}
          label={t('edit.system')}
          issues={issues}
          required
          value={value.system}
          choices={(['gb2260', 'statistical'] as const).map((s) => ({ value: s, label: t(`system.${s}`) }))}
          onChange={(system) => set({ system: system as Code['system'] })}
        />
      </div>
      <Days place={place} value={value} issues={issues} onChange={set} />
    </Card>
  );
}

/** Somebody who takes over, from which day and how. */
export function SuccessorEntry({
  index,
  value,
  issues,
  onChange,
  onRemove,
  choices,
}: EntryProps<Successor> & { choices: readonly { value: string; label: string }[] }) {
  const t = useText();
  const place = `successors/${index}`;
  const set = (part: Partial<Successor>) => onChange(stated(value, part));
  return (
    <Card
      place={place}
      title={t('edit.successorN', { n: index + 1 })}
      issues={issues}
      verified={value.verified}
      onVerified={(verified) => onChange({ ...value, verified })}
      onRemove={onRemove}
    >
      <ChoiceInput
        place={`${place}/to`}
        label={t('edit.successorTo')}
        issues={issues}
        required
        none={t('edit.choose')}
        value={value.to}
        choices={choices}
        onChange={(to) => set({ to })}
      />
      <div className={css.pair}>
        <DateInput
          place={`${place}/from`}
          label={t('edit.successorFrom')}
          issues={issues}
          required
          value={value.from}
          onChange={(from) => set({ from: from ?? '' })}
        />
        <ChoiceInput
          place={`${place}/kind`}
          label={t('edit.successorKind')}
          issues={issues}
          required
          value={value.kind}
          choices={(['renamed', 'merged', 'split'] as const).map((k) => ({
            value: k,
            label: t(`edit.kind.${k}`),
          }))}
          onChange={(kind) => set({ kind: kind as Successor['kind'] })}
        />
      </div>
      <TextInput
        place={`${place}/note`}
        label={t('edit.note')}
        help={t('edit.noteHelp')}
        issues={issues}
        value={value.note}
        onChange={(note) => set({ note: note || undefined })}
      />
    </Card>
  );
}

function Days({
  place,
  value,
  issues,
  onChange,
}: {
  place: string;
  value: { from: string | null; to: string | null };
  issues: readonly PlacedIssue[];
  onChange: (part: { from?: string | null; to?: string | null }) => void;
}) {
  const t = useText();
  return (
    <div className={css.pair}>
      <DateInput
        place={`${place}/from`}
        label={t('edit.from')}
        issues={issues}
        value={value.from}
        onChange={(from) => onChange({ from })}
      />
      <DateInput
        place={`${place}/to`}
        label={t('edit.to')}
        issues={issues}
        value={value.to}
        onChange={(to) => onChange({ to })}
      />
    </div>
  );
}

function Card({
  place,
  title,
  issues,
  verified,
  onVerified,
  onRemove,
  children,
}: {
  place: string;
  title: string;
  issues: readonly PlacedIssue[];
  verified: boolean;
  onVerified: (verified: boolean) => void;
  onRemove?: () => void;
  children: ReactNode;
}) {
  const t = useText();
  const own = issues.filter((i) => i.place === place);
  return (
    <fieldset id={placeId(place)} tabIndex={-1} className={css.card} data-invalid={own.length > 0}>
      <legend>{title}</legend>
      {own.map((i) => (
        <p key={i.message} className={css.issue}>
          {i.message}
        </p>
      ))}
      {children}
      <div className={css.cardFoot}>
        <Checkbox checked={verified} onChange={(e) => onVerified(e.target.checked)}>
          {t('edit.verified')}
        </Checkbox>
        {onRemove && (
          <Button type="text" danger onClick={onRemove} aria-label={`${t('edit.remove')} ${title}`}>
            {t('edit.remove')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
