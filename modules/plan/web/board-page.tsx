import { PageHeader } from '#shell/components/page-header.tsx';
import { useText } from './text.ts';

/** The board: what the city promised and where it stands. */
export function BoardPage() {
  const t = useText();
  return <PageHeader title={t('board.title')} />;
}
