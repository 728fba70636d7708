import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorPanel } from '../components/error-panel.tsx';

/** A page that failed while it was drawn or loaded; the frame around it stays. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  return <ErrorPanel error={error} onRetry={reset} />;
}
