/** Permission to see the matters of one's own office. */
export const MATTERS_READ = 'matters.read';
/** Permission to take an office's steps in its matters, and to record those of others. */
export const MATTERS_HANDLE = 'matters.handle';
/** Permission to take the steps of an office's head: approvals, extensions. */
export const MATTERS_APPROVE = 'matters.approve';

/** Which matters of the desk are shown. */
export const DESK_VIEWS = ['open', 'mine', 'unassigned', 'late', 'soon', 'ended'] as const;
