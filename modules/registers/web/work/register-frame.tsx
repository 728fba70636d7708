import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import type { RegisterView } from '../../contract.ts';
import { NotHere } from '../not-here.tsx';
import { useText } from '../text.ts';
import { useRegister } from '../use-register.ts';

/** A page about one register: waits for its declaration, says what is wrong where there is none. */
export function RegisterFrame({
  title,
  children,
}: {
  /** What the page is about, for the time in which the register is not known. */
  title: string;
  children: (register: RegisterView) => ReactNode;
}) {
  const { register: id } = useParams({ strict: false }) as { register: string };
  const register = useRegister(id);
  if (register.data) return <article key={id}>{children(register.data)}</article>;
  if (!register.error) return <PageWait />;
  return (
    <article>
      <PageHeader title={title} before={<Way />} />
      {register.error.status === 404 ? (
        <NotHere register={id} />
      ) : (
        <ErrorPanel error={register.error} what={title} onRetry={() => void register.refetch()} />
      )}
    </article>
  );
}

/** The way back: all registers, and this one. */
export function Way({ register }: { register?: Pick<RegisterView, 'id' | 'title'> }) {
  const t = useText();
  return (
    <>
      <Link to="/registers" activeOptions={{ exact: true }}>
        {t('directory.title')}
      </Link>
      {register && (
        <>
          {' / '}
          <Link to="/registers/$register" params={{ register: register.id }} activeOptions={{ exact: true }}>
            {register.title}
          </Link>
        </>
      )}
    </>
  );
}
