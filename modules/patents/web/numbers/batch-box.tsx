import { Button } from 'antd';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  useContext,
  useDeferredValue,
  useId,
  useMemo,
  useState,
} from 'react';
import { ApiError, call } from '#shell/api';
import { SelectField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import { MOST_NUMBERS, readNumberFile } from '../../contract/export.ts';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import css from './numbers.module.css';
import { columnText, countLines, decodeText, type NumberTable, readNumberTable } from './read-file.ts';

/** Largest file that is read in the page. */
const LARGEST = 50 << 20;
/** Lines that a text box still takes; browsers stand still over many more. */
const MOST_TYPED = 5000;
/** Lines shown of a list that is longer. */
const SHOWN = 9;

/** The cells of a workbook, which the server takes apart. */
async function cellsOfWorkbook(file: File) {
  const form = new FormData();
  form.append('file', file, file.name);
  return call(readNumberFile, { form });
}

/** Where a list of numbers is pasted or a file of them is dropped. Of a table only the column of the numbers is taken. */
export function BatchBox({
  text,
  busy,
  onText,
  onLookUp,
}: {
  text: string;
  busy: boolean;
  onText: (text: string) => void;
  onLookUp: () => void;
}) {
  const t = useText();
  const { Quota } = useContext(PatentSlots);
  const id = useId();
  const [over, setOver] = useState(false);
  const [table, setTable] = useState<{ of: NumberTable; column: number; name: string } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const counted = useDeferredValue(text);
  const lines = useMemo(() => countLines(counted), [counted]);
  // Never a text box with everything in it, not even for a moment: what is there now decides.
  const long = useMemo(() => text.length > MOST_TYPED && countLines(text) > MOST_TYPED, [text]);
  const tooMany = lines > MOST_NUMBERS;

  function take(content: string, name: string): boolean {
    const read = readNumberTable(content);
    setRefused(null);
    setTable(read && { of: read, column: read.best, name });
    if (read) onText(columnText(read, read.best));
    return read !== null;
  }

  async function takeFile(file: File | undefined) {
    if (!file) return;
    const refuse = (why: 'fileLarge' | 'fileEmpty' | 'fileFailed') =>
      setRefused(t(`numbers.${why}`, { name: file.name }));
    setTable(null);
    setRefused(null);
    if (file.size > LARGEST) {
      refuse('fileLarge');
      return;
    }
    setReading(true);
    try {
      const plain = decodeText(new Uint8Array(await file.arrayBuffer()));
      const content = plain ?? (await cellsOfWorkbook(file)).text;
      if (content.trim() === '') refuse('fileEmpty');
      else if (!take(content, file.name)) onText(content.replace(/^\uFEFF/, ''));
    } catch (error) {
      if (error instanceof ApiError && error.message !== '') setRefused(error.message);
      else refuse('fileFailed');
    } finally {
      setReading(false);
    }
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData('text/plain');
    // Into an empty box only: what is added to a list is added as it is.
    if (text.trim() === '' && take(pasted, '')) {
      event.preventDefault();
      return;
    }
    if (countLines(pasted) <= MOST_TYPED) return;
    event.preventDefault();
    const box = event.currentTarget as HTMLTextAreaElement;
    onText(text.slice(0, box.selectionStart) + pasted + text.slice(box.selectionEnd));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && lines > 0 && !tooMany && !busy)
      onLookUp();
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void takeFile(event.dataTransfer.files[0]);
  }

  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('numbers.list')}</h2>
      {refused && (
        <Notice tone="wrong" title={refused}>
          <p>{t('numbers.fileHow')}</p>
        </Notice>
      )}
      {table && (
        <Notice
          title={t(table.name === '' ? 'numbers.tablePasted' : 'numbers.tableFile', { name: table.name })}
        >
          <SelectField
            label={t('numbers.column')}
            value={String(table.column)}
            choices={table.of.heads.map((head, at) => ({
              value: String(at),
              label: t('numbers.columnNo', {
                no: at + 1,
                head: head.trim() === '' ? (table.of.rows[0]?.[at] ?? '').slice(0, 24) : head.trim(),
              }),
            }))}
            onChange={(value) => {
              const column = Number(value ?? 0);
              setTable({ ...table, column });
              onText(columnText(table.of, column));
            }}
          />
        </Notice>
      )}
      {long ? (
        <p className={css.label}>{t('numbers.label')}</p>
      ) : (
        <label htmlFor={`${id}-text`} className={css.label}>
          {t('numbers.label')}
        </label>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way beside the button. */}
      <div
        className={css.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {long ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys that begin the look-up work here too.
          <pre id={`${id}-text`} className={css.text} tabIndex={0} onKeyDown={onKeyDown}>
            {text.trimStart().split('\n', SHOWN).join('\n')}
            {`\n${t('numbers.longList', { shown: SHOWN, lines: formatNumber(lines) })}`}
          </pre>
        ) : (
          <textarea
            id={`${id}-text`}
            className={css.text}
            rows={10}
            spellCheck={false}
            autoComplete="off"
            placeholder={t('numbers.placeholder')}
            aria-describedby={`${id}-help ${id}-count`}
            aria-invalid={tooMany || undefined}
            value={text}
            onChange={(event) => onText(event.target.value)}
            onPaste={onPaste}
            onKeyDown={onKeyDown}
          />
        )}
      </div>
      <div className={css.tools}>
        <Button type="primary" loading={busy || reading} disabled={lines === 0 || tooMany} onClick={onLookUp}>
          {t('numbers.lookUp')}
        </Button>
        <input
          id={`${id}-file`}
          type="file"
          accept=".txt,.csv,.tsv,.xlsx,.xlsm,.xls,text/plain,text/csv"
          className="visually-hidden"
          onChange={(event) => {
            void takeFile(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <label htmlFor={`${id}-file`} className={css.pick}>
          {t('numbers.file')}
        </label>
        {text !== '' && (
          <Button
            type="text"
            onClick={() => {
              onText('');
              setTable(null);
              setRefused(null);
            }}
          >
            {t('numbers.clear')}
          </Button>
        )}
        <span id={`${id}-count`} className={css.count} data-wrong={tooMany} aria-live="polite">
          {tooMany
            ? t('numbers.tooMany', { lines: formatNumber(lines), most: formatNumber(MOST_NUMBERS) })
            : t('numbers.count', { count: lines, lines: formatNumber(lines) })}
        </span>
      </div>
      {Quota && lines > 0 && !tooMany && <Quota feature="batch" count={lines} />}
      <p id={`${id}-help`} className={css.note}>
        {t('numbers.help', { most: formatNumber(MOST_NUMBERS) })}
      </p>
    </section>
  );
}
