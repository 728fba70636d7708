import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { type ClassScheme, getClass } from '../../contract/classes.ts';
import { readSymbol } from '../../query/values.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

/** A class symbol: a link to everything in it; what it means is shown on pointing at it, where the scheme is loaded. */
export function ClassSymbol({ scheme, symbol }: { scheme: ClassScheme; symbol: string }) {
  const t = useText();
  const read = readSymbol(symbol);
  // Designs carry Locarno classes.
  if (!read) return symbol;
  if (read.level === 'locarno')
    return (
      <Link to="/patents" search={{ q: `LOC=${read.symbol}` } as never}>
        {symbol}
      </Link>
    );
  return (
    <Popover
      trigger={['hover', 'focus']}
      mouseEnterDelay={0.25}
      content={<ClassTitle scheme={scheme} symbol={read.symbol} />}
    >
      <Link
        to="/patents"
        search={{ q: `${scheme.toUpperCase()}=${read.symbol}` } as never}
        preload={false}
        aria-label={t('record.byClass', { symbol })}
        className={css.symbol}
      >
        {symbol}
      </Link>
    </Popover>
  );
}

/** Titles from the section down to the symbol. */
function ClassTitle({ scheme, symbol }: { scheme: ClassScheme; symbol: string }) {
  const t = useText();
  const lang = useLang();
  const { data, isLoading } = useQuery({
    ...queryOf(getClass, { params: { scheme, symbol } }),
    staleTime: 3_600_000,
  });
  if (isLoading) return <p className={css.classNote}>{t('class.loading')}</p>;
  if (!data) return <p className={css.classNote}>{t('class.unknown', { symbol })}</p>;
  const title = (one: { titleZh: string | null; titleEn: string | null }) =>
    (lang === 'zh' ? (one.titleZh ?? one.titleEn) : (one.titleEn ?? one.titleZh)) ?? '';
  return (
    <div className={css.classTitle}>
      {data.path.map((one) => (
        <p key={one.symbol}>
          <span>{one.symbol}</span> {title(one)}
        </p>
      ))}
      <p>
        <strong>
          {data.symbol} {title(data)}
        </strong>
      </p>
      <p className={css.classNote}>{t('class.version', { version: data.version })}</p>
    </div>
  );
}
