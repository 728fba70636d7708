import { Link } from '@tanstack/react-router';
import { Notice } from '#shell/components/form.tsx';
import { type Matter, useText } from '../text.ts';
import { keepCode } from './codes.ts';

/** Matters that were opened with the same answers: each has number and code of its own and runs on its own. */
export function AlsoOpened({ matter }: { matter: Matter }) {
  const t = useText();
  if (matter.also.length === 0) return null;
  return (
    <Notice tone="attention" title={t('also.title')}>
      <ul>
        {matter.also.map(({ number, subject, code }) => (
          <li key={number}>
            <Link to="/matters/$number" params={{ number }} onClick={() => keepCode(number, code)}>
              {number}
            </Link>
            {t('also.code', { subject, code })}
          </li>
        ))}
      </ul>
      <p>{t('also.text')}</p>
    </Notice>
  );
}
