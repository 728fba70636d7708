import type { ReportTask } from '#modules/plan/contract';

/** When something has to be done; `done` waits for the reviewer or is accepted. */
export type Urgency = 'overdue' | 'today' | 'week' | 'later' | 'done';

/** All groups, most urgent first. */
export const urgencies: readonly Urgency[] = ['overdue', 'today', 'week', 'later', 'done'];

/** Where a task belongs. "This week" is the seven days after today. */
export function urgencyOf(task: Pick<ReportTask, 'state' | 'daysLeft'>): Urgency {
  if (task.state === 'submitted' || task.state === 'accepted') return 'done';
  if (task.daysLeft < 0) return 'overdue';
  if (task.daysLeft === 0) return 'today';
  return task.daysLeft <= 7 ? 'week' : 'later';
}

/** Tasks by urgency, each group in the server's order; empty groups are left out. */
export function groupTasks(tasks: readonly ReportTask[]): { urgency: Urgency; tasks: ReportTask[] }[] {
  return urgencies
    .map((urgency) => ({ urgency, tasks: tasks.filter((t) => urgencyOf(t) === urgency) }))
    .filter((g) => g.tasks.length > 0);
}

/** The task to go on with after one was done: the next one still to do, else the first; undefined when all are done. */
export function nextTask(
  tasks: readonly ReportTask[],
  done: { no: string; period: string; scope: string },
): ReportTask | undefined {
  const same = (t: ReportTask) =>
    String(t.no) === done.no && t.period === done.period && t.scope === done.scope;
  const at = tasks.findIndex(same);
  const rest = [...tasks.slice(at + 1), ...tasks.slice(0, Math.max(at, 0))];
  return rest.find((t) => urgencyOf(t) !== 'done' && !same(t));
}
