/** Permission to see the matters of one's own office. */
export const MATTERS_READ = 'matters.read';
/** Permission to take an office's steps in its matters, and to record those of others. */
export const MATTERS_HANDLE = 'matters.handle';
/** Permission to take the steps of an office's head: approvals, extensions. */
export const MATTERS_APPROVE = 'matters.approve';

/** Which matters of the desk are shown. */
export const DESK_VIEWS = [
  ...(['open', 'mine', 'unassigned', 'late', 'soon', 'messages', 'ended'] as const),
  'transferred',
] as const;

/** Ways in which a paper is served: through the platform, handed over, left, by post, by public notice. */
export const SERVICE_WAYS = ['platform', 'handed', 'left', 'post', 'notice'] as const;
/** A way of service. */
export type ServiceWay = (typeof SERVICE_WAYS)[number];

/** What an entry of a matter's log says. */
export const ENTRY_KINDS = [
  ...(['step', 'assigned', 'struck', 'reckoned', 'transferred', 'migrated'] as const),
  ...(['admitted', 'recoded', 'dismissed', 'served', 'unsealed', 'rated', 'answered', 'message'] as const),
  ...(['prepared', 'sent-back', 'taken-down', 'panel', 'recused', 'not-recused'] as const),
] as const;

/** How far a publication is: prepared, sent back by the head, public, over by its time, taken down, replaced by a correction. */
export const PUBLICATION_STATES = ['prepared', 'returned', 'public', 'over', 'down', 'replaced'] as const;

/** Places on a panel (合议组): who presides, members, who keeps the record. */
export const PANEL_PARTS = ['presiding', 'member', 'clerk'] as const;

/** Who asks for a recusal: a party, the officer, or the office itself. */
export const RECUSAL_ASKED = ['party', 'self', 'office'] as const;

/** The paper that proves a service, signed by whoever took it or saw it left. */
export const PROOF_OF_SERVICE = {
  id: 'proof-of-service',
  title: { zh: '送达回证', en: 'Proof of service' },
} as const;
