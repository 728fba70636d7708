import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts about documents in English. */
export const en: Translation<typeof zh> = {
  'template.title': 'Document templates',
  'template.subtitle':
    'Documents that the platform makes in the matters of your office, each with the template in force. Templates are edited in Word or WPS.',
  'template.none': 'The platform makes no documents in the items of your office.',
  'template.document': 'Document',
  'template.mark': 'Mark',
  'template.inForce': 'Template in force',
  'template.own': 'The platform’s own form',
  'template.version': 'Version {{version}}',
  'template.usedBy': 'Put in force by {{by}} at {{at}}: {{note}}',
  'template.of': '{{item}} · {{office}}',
  'template.form': 'Template',
  'template.since': 'In force',
  'template.byAt': '{{by}}, {{at}}',
  'template.note': 'Note',
  'template.uploaded': 'Uploaded',
  'template.download': 'Download template',
  'template.example': 'Example (Word)',
  'template.examplePdf': 'Example (PDF)',
  'template.change': 'Change the template',
  'template.step1':
    'Download the template in force and edit layout and fixed words in Word or WPS. Tags such as {文号} are the places that are filled in: move them or change their font, but keep them whole.',
  'template.step2':
    'Upload the edited file. All of it is checked; what is wrong is listed, and then nothing is kept.',
  'template.step3':
    'Download the example of the new version, look at it, and put it in force. Documents made from then on use it; those made before stay as they are.',
  'template.toOther':
    'This document goes to somebody else than the applicant, who will see what the tags of the applicant and of the form say.',
  'template.upload': 'Upload a new version',
  'template.uploadHelp':
    'A Word document (.docx) of at most {{limit}}, without macros, links, comments and tracked changes',
  'template.choose': 'Choose a file',
  'template.checking': 'Checking {{name}}…',
  'template.kept': '{{name}} is sound: it is version {{version}}, and not yet in force',
  'template.keptNext': 'Look at its example in the versions below, then put it in force.',
  'template.faults': '{{name}} needs to be mended in {{count}} places and was not kept',
  'template.versions': 'Versions',
  'template.usedTags': 'Tags in it',
  'template.do': 'Do',
  'template.current': 'in force',
  'template.new': 'uploaded just now',
  'template.builtIn': 'Comes with the platform',
  'template.common': 'Tags that every document has',
  'template.put': 'Put in force',
  'template.putNamed': 'Put in force: {{version}}',
  'template.putTitle': 'Put in force: {{version}}',
  'template.putNote': 'Note',
  'template.putText':
    'In force now: {{now}}. Documents made from then on use the new template, those made before stay as they are; an earlier one can be put back at any time.',
  'template.uses': 'What was in force when',
  'template.when': 'At',
  'template.who': 'By',
  'template.tags': 'Tags that may be used',
  'template.tagsHelp':
    'Copy a tag with its brackets into the template. A tag may stand several times; {正文} once only, in a paragraph of its own.',
  'template.tag': 'Tag',
  'template.meaning': 'What is filled in',
  'template.exampleOf': 'Example',
  'template.duty': 'must be there',
  'template.copy': 'Copy',
  'template.copied': 'copied',
  'template.selected': 'selected: press Ctrl+C',
  'letter.ownForm': 'It will be made in the platform’s own form, as the preview below shows it.',
  'letter.template':
    'The office has a template of its own in force (version {{version}}), which looks different from the preview below: look at the document itself.',
  'letter.previewDocx': 'The document itself (Word)',
  'letter.previewPdf': 'The document itself (PDF)',
  'letter.previewing': 'being made…',
  'letter.previewName': '{{title}} preview.{{ending}}',
  'paper.template': 'Made with the office’s template, version {{version}}',
  'pdf.read': 'as PDF',
  'pdf.waiting': 'The PDF is being made',
  'pdf.failed': 'There is no PDF: take the Word document; the log has the reason',
};
