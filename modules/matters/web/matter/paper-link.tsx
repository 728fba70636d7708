import { useMutation } from '@tanstack/react-query';
import { callFile, fileUrl } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { download } from '#shell/csv';
import { downloadPaper } from '../../contract.ts';
import { withCode } from './codes.ts';
import { Failure } from './failure.tsx';

/** Opens a paper: a link for accounts, and for who has a code a download that shows it. */
export function PaperLink({
  number,
  no,
  name,
  code,
}: {
  number: string;
  no: number;
  name: string;
  code: string | undefined;
}) {
  const params = { number, no };
  const fetching = useMutation({
    mutationFn: async () => download(name, await callFile(downloadPaper, { params, ...withCode(code) })),
  });
  if (code === undefined) return <a href={fileUrl(downloadPaper, { params })}>{name}</a>;
  return (
    <>
      <PlainButton onClick={() => fetching.mutate()}>{name}</PlainButton>
      <Failure error={fetching.error} />
    </>
  );
}
