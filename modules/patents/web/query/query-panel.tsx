import { Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import type { Dialect } from '../../query/ast.ts';
import { recogniseDialect } from '../../query/dialects.ts';
import type { PatentSearch } from '../address.ts';
import type { ChangeSearch } from '../search/use-search.ts';
import { useText } from '../text.ts';
import { DialectBar } from './dialect-bar.tsx';
import { FaultList } from './fault-list.tsx';
import { refusedFaults, type ShownFault, shownFault } from './faults.ts';
import { FormMode } from './form-mode.tsx';
import css from './query.module.css';
import { QueryBox, type QueryBoxHandle } from './query-box.tsx';
import { readQuery } from './read.ts';

const NO_FAULTS: readonly ShownFault[] = [];

const QueryHelp = lazy(() => import('./help.tsx').then((m) => ({ default: m.QueryHelp })));

/**
 * Where the query is written: as text or as a form, in any of the languages, with help beside it. What is written becomes the
 * search by Enter or the button; a query with a fault is not sent, the fault is shown instead.
 */
export function QueryPanel({
  search,
  box,
  error,
  onChange,
  onEnterResults,
}: {
  search: PatentSearch;
  /** The box, for the key `/`. */
  box: React.RefObject<QueryBoxHandle | null>;
  /** Why the last search failed. */
  error: unknown;
  onChange: ChangeSearch;
  onEnterResults: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const [text, setText] = useState(search.q ?? '');
  const [dialect, setDialect] = useState<Dialect | undefined>(search.dialect);
  const [mode, setMode] = useState<'text' | 'form'>('text');
  const [help, setHelp] = useState(false);
  /** The text that was searched with a fault in it: only then its faults are spelled out below the box. */
  const [tried, setTried] = useState<string | null>(null);
  const helpOpened = useRef(false);
  helpOpened.current ||= help;
  useEffect(() => {
    setText(search.q ?? '');
    setDialect(search.dialect);
  }, [search.q, search.dialect]);

  const reading = readQuery(text, dialect);
  const recognised =
    reading.state === 'good'
      ? reading.parsed.dialect
      : reading.state === 'faulty'
        ? reading.dialect
        : (dialect ?? 'zc');
  const own: ShownFault[] =
    reading.state === 'faulty' && tried === text ? reading.faults.map((f) => shownFault(f, lang)) : [];
  const faults = own.length > 0 ? own : text === (search.q ?? '') ? refusedFaults(error) : [];

  function submit(wanted: string = text, language: Dialect | undefined = dialect) {
    const read = readQuery(wanted, language);
    setTried(wanted);
    if (read.state === 'faulty') {
      box.current?.goTo(read.faults[0]?.offset ?? 0);
      return;
    }
    onChange({ q: wanted.trim() === '' ? undefined : wanted.trim(), dialect: language });
  }

  return (
    <search className={`${css.panel} no-print`}>
      <div className={css.bar}>
        <ToggleGroup>
          <Toggle pressed={mode === 'text'} onChange={() => setMode('text')}>
            {t('query.asText')}
          </Toggle>
          <Toggle pressed={mode === 'form'} onChange={() => setMode('form')}>
            {t('query.asForm')}
          </Toggle>
        </ToggleGroup>
        <DialectBar
          text={text}
          dialect={dialect}
          recognised={recognised}
          reading={reading}
          onDialect={setDialect}
          onConverted={(converted, to) => {
            setText(converted);
            setDialect(recogniseDialect(converted) === to ? undefined : to);
            setMode('text');
          }}
        />
        <button type="button" className={css.quiet} aria-expanded={help} onClick={() => setHelp(!help)}>
          {t('query.help')}
        </button>
      </div>
      {mode === 'form' ? (
        <FormMode
          reading={reading}
          onText={(made) => {
            setText(made);
            setDialect(undefined);
          }}
          onSubmit={(made) => submit(made, undefined)}
        />
      ) : (
        <form
          className={css.boxRow}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <QueryBox
            text={text}
            dialect={dialect}
            recognised={recognised}
            tried={tried}
            refused={text === (search.q ?? '') ? refusedFaults(error) : NO_FAULTS}
            handle={box}
            onText={setText}
            onSubmit={() => submit()}
            onEnterResults={onEnterResults}
          />
          <Button type="primary" htmlType="submit" size="large" className={css.submit}>
            {t('search.submit')}
          </Button>
        </form>
      )}
      <FaultList
        faults={faults}
        text={text}
        onGo={(offset) => box.current?.goTo(offset)}
        onMend={(better) => {
          setText(better);
          submit(better);
        }}
      />
      {helpOpened.current && (
        <Suspense>
          <QueryHelp
            open={help}
            dialect={recognised}
            onClose={() => setHelp(false)}
            onUse={(example) => {
              setText(example);
              setMode('text');
            }}
          />
        </Suspense>
      )}
    </search>
  );
}
