import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of the look-up of numbers, in English. */
export const en: Translation<typeof zh> = {
  'numbers.title': 'Look up numbers',
  'numbers.subtitle': 'Check a list of patent numbers: which are here, which are not, and why',
  'numbers.list': 'List of numbers',
  'numbers.label': 'Patent numbers, one a line',
  'numbers.placeholder': 'CN109462287A\nZL 2017 1 0117081.7\nWO2018/012345\nUS 7,654,321 B2',
  'numbers.help':
    'Publication and application numbers in any spelling, at most {{most}} at once. Paste them, or drop an Excel, CSV or TXT file on the box; of a workbook the first sheet is read.',
  'numbers.longList': '… (a long list: the first {{shown}} of {{lines}} lines are shown)',
  'numbers.count': '{{lines}} lines',
  'numbers.count_one': '{{lines}} line',
  'numbers.tooMany': '{{lines}} lines: at most {{most}} at once, look them up in parts',
  'numbers.lookUp': 'Look up',
  'numbers.file': 'Choose a file',
  'numbers.clear': 'Clear',
  'numbers.tableFile': '“{{name}}” is a table: one column of it is taken',
  'numbers.tablePasted': 'What was pasted has several columns: one of them is taken',
  'numbers.column': 'Column of the numbers',
  'numbers.columnNo': 'Column {{no}}: {{head}}',
  'numbers.fileLarge': '“{{name}}” is larger than 50 MB and was not read',
  'numbers.fileEmpty': '“{{name}}” is empty',
  'numbers.fileFailed': '“{{name}}” could not be read: check the network and choose it again',
  'numbers.fileHow': 'Or copy the column of the numbers and paste it below, or save the sheet as CSV.',
  'number.title': 'Look up one number',
  'number.label': 'Number, in any spelling',
  'number.lookUp': 'Look up',
  'number.help':
    'A number can mean several things: nine digits may be an application or a publication. All are listed, and wrong check digits named.',
  'number.read': 'Can be read as {{count}} numbers',
  'number.read_one': 'Can be read as one number',
  'number.publication': 'publication number',
  'number.application': 'application number',
  'number.none': 'Not in the corpus',
  'number.unreadable':
    '“{{number}}” is not like a patent number: an office code and digits, or a Chinese application number.',
  'batch.title': 'What was found',
  'batch.summary':
    '{{lines}} numbers: {{found}} found, {{ambiguous}} ambiguous, {{missing}} not here, {{unreadable}} unreadable.',
  'batch.all': 'All {{lines}}',
  'batch.found': 'Found',
  'batch.ambiguous': 'Ambiguous',
  'batch.missing': 'Not here',
  'batch.unreadable': 'Unreadable',
  'batch.line': 'No.',
  'batch.input': 'As typed',
  'batch.state': 'Outcome',
  'batch.readAs': 'Read as',
  'batch.records': 'Records here',
  'batch.reason': 'Reason',
  'batch.noneSuch': 'No number of this kind.',
  'batch.csv': 'Download these {{lines}} lines (CSV)',
  'batch.csv_one': 'Download this line (CSV)',
  'batch.export': 'Export the {{total}} found',
  'batch.export_one': 'Export the one found',
  'batch.search': 'Open as a search ({{total}})',
  'batch.tooManyForQuery':
    '{{total}} were found; a query holds {{most}} numbers at most, so they cannot be opened as a search. Export them instead.',
  'batch.tooManyToExport':
    '{{total}} were found; a query holds {{most}} numbers at most and an export {{export}}. Split the list, or download the table above.',
};
