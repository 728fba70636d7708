import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { keyOf, queryOf } from '#shell/query';
import { getMatter, listMatters, matterDossier, matterLog, myMatters } from '../../contract.ts';
import { ClockTable } from '../course/clock-table.tsx';
import css from '../matters.module.css';
import { TransferForm } from '../portals/transfer-form.tsx';
import { Transfers } from '../portals/transfers.tsx';
import { PublicationPart } from '../publication/publication-part.tsx';
import { RewardPart } from '../reward/reward-part.tsx';
import { MatterSearch } from '../search.ts';
import { type Matter, useText } from '../text.ts';
import { VersionPart } from '../version/version-form.tsx';
import { ActForm } from './act-form.tsx';
import { Alike } from './alike.tsx';
import { AlsoOpened } from './also-opened.tsx';
import { AssignForm } from './assign-form.tsx';
import { CodeSlip } from './code-slip.tsx';
import { useCode, withCode } from './codes.ts';
import { JoinMatter } from './join-matter.tsx';
import { LogList } from './log-list.tsx';
import { Messages } from './messages.tsx';
import { PaperTable } from './paper-table.tsx';
import { PartyTable } from './party-table.tsx';
import { Rating } from './rating.tsx';
import { SealedIdentity } from './sealed-identity.tsx';
import { Seats } from './seats.tsx';
import { StatusForm } from './status-page.tsx';

/** Milliseconds between looks for a PDF that is being made. */
const PDF_WAIT = 4000;

/** One matter: where it stands, by when what must happen, what may be done next, papers, answers, and everything that happened. */
export function MatterPage() {
  const { number } = useParams({ strict: false }) as { number: string };
  // What was typed or opened in one matter never stands beside another.
  return <MatterOf key={number} number={number} />;
}

function MatterOf({ number }: { number: string }) {
  const t = useText();
  const lang = useLang();
  const [search, setSearch] = usePageSearch(MatterSearch);
  const code = useCode(number);
  const queries = useQueryClient();
  // Without a code it is an account's: who is signed out is asked to sign in.
  const asked = queryOf(
    getMatter,
    { params: { number }, ...withCode(code) },
    { interactive: code === undefined },
  );
  const found = useQuery({
    ...asked,
    // A document becomes a PDF a few seconds after it was made.
    refetchInterval: ({ state }) =>
      state.data?.papers.some(({ pdf }) => pdf?.state === 'waiting') ? PDF_WAIT : false,
  });
  const matter = found.data;
  const unknown = found.error?.code === 'matters_none';
  if (!matter && (unknown || found.error?.code === 'not_signed_in'))
    return (
      <article>
        <PageHeader title={t('status.title')} subtitle={t('status.subtitle')} />
        <StatusForm
          number={number}
          code={code}
          {...(unknown && found.error && { wrong: found.error.message })}
        />
      </article>
    );
  if (found.error && !matter)
    return <ErrorPanel error={found.error} what={t('matter')} onRetry={() => void found.refetch()} />;
  if (!matter) return <Skeleton rows={16} />;
  /** Takes what the server answered, and looks at lists and log again. */
  const take = (next: Matter) => {
    queries.setQueryData(asked.queryKey, next);
    for (const endpoint of [matterLog, listMatters, myMatters])
      void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
  };
  const { officers } = matter;
  // No account is tied to it: whoever loses number and code does not get them back.
  const onlyByCode = matter.me === 1 && !matter.abilities.join && matter.parties[0]?.account === false;
  const office = officers.length > 0 || matter.abilities.assign || matter.past;
  return (
    <article>
      <PageHeader
        before={
          office ? (
            <Link to="/desk">{t('desk.title')}</Link>
          ) : (
            <Link
              to="/services/$id"
              params={{ id: matter.item.id }}
              search={{ portal: matter.portal?.id } as never}
            >
              {matter.item.title[lang]}
            </Link>
          )
        }
        title={matter.number}
        subtitle={`${matter.item.title[lang]}${t('colon')}${matter.subject}`}
        actions={
          <span className={css.actions}>
            {office && !matter.past && (
              <a href={fileUrl(matterDossier, { params: { number } })} download>
                {t('dossier')}
              </a>
            )}
            <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>
          </span>
        }
      />
      {search.receipt === 'new' && matter.code && (
        <CodeSlip
          matter={matter}
          title={t('receipt.title')}
          code={matter.code}
          onHide={() => setSearch({ receipt: undefined })}
        >
          <p>{t(onlyByCode ? 'receipt.only' : 'receipt.keep')}</p>
        </CodeSlip>
      )}
      <AlsoOpened matter={matter} />
      <Alike matter={matter} />
      <Transfers matter={matter} />
      <Facts
        layout="strip"
        items={[
          { name: t('course.state'), value: <strong>{matter.state[lang]}</strong> },
          { name: t('applicant'), value: matter.name || false },
          { name: t('keeper'), value: matter.department.name[lang] },
          { name: t('handler'), value: officers.length > 0 && (matter.handler?.name ?? t('unassigned')) },
          {
            name: t('absence.title'),
            value: matter.away && t(matter.away.cover ? 'absence.away' : 'absence.nobody', matter.away),
          },
          { name: t('portal'), value: matter.portal?.title[lang] },
          { name: t('openedOn'), value: matter.openedOn },
          { name: t('endedOn'), value: matter.endedOn },
        ]}
      />
      {code !== undefined && <JoinMatter matter={matter} code={code} onDone={take} />}
      {!office && <Latest number={number} code={code} version={matter.version} />}
      {matter.next.length > 0 && (
        <ActForm matter={matter} code={code} onDone={take} onAgain={() => void found.refetch()} />
      )}
      <Messages matter={matter} code={code} onDone={take} />
      <Rating matter={matter} code={code} onDone={take} />
      {matter.clocks.length > 0 && (
        <section className={css.part}>
          <h2>{t('course.clocks')}</h2>
          <ClockTable clocks={matter.clocks} />
        </section>
      )}
      <section className={css.part}>
        <h2>{t('matterPapers')}</h2>
        <PaperTable matter={matter} code={code} onDone={take} />
      </section>
      <Seats matter={matter} office={office} onDone={take} />
      <RewardPart matter={matter} />
      <PublicationPart matter={matter} office={office} />
      {(office || matter.parties.length > 1) && (
        <section className={css.part}>
          <h2>{t('parties')}</h2>
          <PartyTable matter={matter} onDone={take} />
        </section>
      )}
      {(matter.form.length > 0 || matter.sealed) && (
        <section className={css.part}>
          <h2>{t('answers')}</h2>
          <Facts items={matter.form.map(({ label, text }) => ({ name: label[lang], value: text[lang] }))} />
          {matter.sealed && <SealedIdentity matter={matter} onDone={take} />}
        </section>
      )}
      <section className={css.part}>
        <h2>{t('log')}</h2>
        <LogList number={number} code={code} version={matter.version} />
      </section>
      {matter.abilities.assign && (
        <section className={`${css.part} no-print`}>
          <h2>{t('assign.title')}</h2>
          <AssignForm key={matter.version} matter={matter} onDone={take} />
        </section>
      )}
      {matter.abilities.transfer && (
        <section className={`${css.part} no-print`}>
          <h2>{t('transfer.title')}</h2>
          <TransferForm matter={matter} onDone={take} />
        </section>
      )}
      <VersionPart key={`version ${matter.version}`} matter={matter} onDone={take} />
      <p className={css.paper}>{t('printed', { at: matter.today })}</p>
    </article>
  );
}

/** What the office has said last: whoever looks the matter up is not to search for it. */
function Latest({ number, code, version }: { number: string; code: string | undefined; version: number }) {
  const t = useText();
  const lang = useLang();
  const asked = queryOf(matterLog, { params: { number }, ...withCode(code) });
  const log = useQuery({ ...asked, queryKey: [...asked.queryKey, version] });
  const last = log.data?.entries.findLast(({ kind }) => kind === 'step');
  if (!last?.title || !last.note || last.by.role?.side === 'party') return null;
  return (
    <Notice tone="attention" title={t('latest', { title: last.title[lang], day: last.on ?? '' })}>
      <p className={css.said}>{last.note}</p>
    </Notice>
  );
}
