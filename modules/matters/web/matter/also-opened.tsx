import { Link } from '@tanstack/react-router';
import { Notice } from '#shell/components/form.tsx';
import { type Matter, useText } from '../text.ts';
import { keepCode } from './codes.ts';

/** Matters that were opened with the same answers: each has its own number and runs on its own; the code is the same. */
export function AlsoOpened({ matter, code }: { matter: Matter; code: string | undefined }) {
  const t = useText();
  if (matter.also.length === 0) return null;
  return (
    <Notice tone="attention" title={t('also.title')}>
      <ul>
        {matter.also.map(({ number, subject }) => (
          <li key={number}>
            <Link
              to="/matters/$number"
              params={{ number }}
              onClick={() => {
                const known = code ?? matter.code;
                if (known) keepCode(number, known);
              }}
            >
              {number}
            </Link>
            {t('colon')}
            {subject}
          </li>
        ))}
      </ul>
      <p>{t('also.text')}</p>
    </Notice>
  );
}
