import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts about whoever takes part in a matter, in English. */
export const en: Translation<typeof zh> = {
  'receipt.title': 'Your application was received',
  'receipt.keep':
    'Keep number and code: with both you see under Find a matter where it stands, and hand in corrections. Tell nobody the code.',
  'receipt.print': 'Print the receipt',
  'receipt.hide': 'I have it',
  'party.name': 'Name',
  'party.role': 'As',
  'party.since': 'Takes part',
  'party.access': 'Sees and acts with',
  'party.itself': '{{role}}',
  'party.agent': 'Agent of: {{role}}',
  'party.until': '{{since}} to {{until}}',
  'party.account': 'Code, and an account',
  'party.code': 'Code',
  'party.renew': 'New code',
  'party.end': 'Dismiss',
  'party.admit': 'Add a party or an agent',
  'party.agentLabel': 'Agent',
  'party.agentText': 'Acts for the party',
  'party.agentHelp': 'Look at the power of attorney first.',
  'party.reason': 'On what ground',
  'party.reasonHelp': 'Stands in the record, such as: power of attorney (paper 3).',
  'party.renewTitle': 'A new code for {{name}}',
  'party.renewText':
    'Make sure who it is first. The code before, and the account that joined with it, are no longer good; the new code is shown once.',
  'party.endTitle': 'Dismiss {{name}} from the matter',
  'party.endText': 'Code and account are no longer good; what was done stays.',
  'slip.title': 'The code of {{name}}',
  'slip.text':
    'Print it and hand it over, or send it with the papers. With number and code the matter is found at {{address}}. The code is not shown again: one that is lost is replaced.',
  'join.text': 'You are signed in: the matter can be put among yours, so that you need no code.',
  'join.do': 'Put it among my matters',
  'serve.do': 'Serve',
  'serve.title': 'Serve paper {{no}}: {{title}}',
  'serve.party': 'On whom',
  'serve.choice': '{{name}} ({{role}})',
  'serve.how': 'How',
  'serve.on': 'Served on',
  'serve.platform': 'Through the platform',
  'serve.handed': 'Handed over',
  'serve.left': 'Left',
  'serve.post': 'By post',
  'serve.notice': 'By public notice',
  'serve.platformHelp':
    'From today on the party sees it with code or account, which is not taken back; the first opening is kept. Whoever has no code yet is not served today. Whether this way may be used is for the officer to make sure.',
  'serve.handedHelp': 'The day on which it was signed for.',
  'serve.leftHelp': 'The day on which it was left; the proof says who saw it.',
  'serve.postHelp': 'The day that the return receipt gives.',
  'serve.noticeHelp': 'The day on which it counts as served by law, for the officer to make sure.',
  'serve.proof': 'Proof of service',
  'serve.proofHelp':
    'A scan of the signed proof, the return receipt or the notice; it becomes a paper of the matter.',
  'sealed.office':
    'Who the reporter is, is kept sealed. Each opening needs a reason, stands in the record, and the head is told.',
  'sealed.party':
    'Who you are is kept sealed: an officer opens it only for a reason, and each opening is on record.',
  'sealed.open': 'Open the identity',
  'sealed.reason': 'Why',
  'sealed.text':
    'Reason and time stand in the record, and the heads of the office are told. It is shown on this page only: do not copy it or tell it to anybody.',
  'sealed.apply':
    '{{fields}}: kept sealed and in no draft. An officer opens it only for a reason, and each opening is on record.',
  'rating.title': 'Rating',
  'rating.5': 'Very content',
  'rating.4': 'Content',
  'rating.3': 'Content on the whole',
  'rating.2': 'Not content',
  'rating.1': 'Not content at all',
  'rating.words': 'What you want to say',
  'rating.wordsHelp': 'The office and its head read it and answer here. A rating is not changed.',
  'rating.do': 'Send the rating',
  'rating.answer': 'Answer the rating',
  'rating.answerHelp':
    'The applicant reads it. Where somebody is not content: what was looked into, and what changes.',
  'rating.answerDo': 'Send the answer',
  'rating.answered': 'The office answered: {{text}}',
  'rating.year': 'Rated in twelve months',
  'rating.share': '{{share}} % content ({{count}} ratings)',
  'sealed.hide': 'Hide it',
  'party.for': 'Acts for',
  'party.roleHelp': 'It cannot be changed later, only ended and entered anew.',
  'receipt.only':
    'Write number and code down or print them now: here identities are kept secret and no account is tied to the matter, so that only these two lead to it. Tell nobody the code.',
};
