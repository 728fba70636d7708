import type { Dialect } from '../../query/ast.ts';

/** What an operator does; its words are texts of the page. */
export type Meaning =
  | 'and'
  | 'or'
  | 'not'
  | 'xor'
  | 'blank'
  | 'phrase'
  | 'nextOrdered'
  | 'next'
  | 'withinOrdered'
  | 'within'
  | 'exactly'
  | 'sentence'
  | 'paragraph'
  | 'field'
  | 'notSentence'
  | 'times'
  | 'range'
  | 'compare'
  | 'whole'
  | 'unequal'
  | 'fields'
  | 'allFields'
  | 'oneField'
  | 'low'
  | 'any'
  | 'allWords'
  | 'plusMinus'
  | 'history'
  | 'saved';

/** The operators of each language as they are written. */
export const OPERATOR_HELP: Record<Dialect, readonly (readonly [written: string, Meaning])[]> = {
  zc: [
    ['AND  与', 'and'],
    ['OR  或', 'or'],
    ['NOT  非', 'not'],
    ['XOR  异或', 'xor'],
    ['甲 乙', 'blank'],
    ['"…"', 'phrase'],
    ['5W', 'withinOrdered'],
    ['5D', 'within'],
    ['=3W  =3D', 'exactly'],
    ['S', 'sentence'],
    ['P', 'paragraph'],
    ['F', 'field'],
    ['NOTS  NOTP', 'notSentence'],
    ['$FREQ3', 'times'],
    ['[2015 TO 2019]', 'range'],
    ['>=  <=  >  <', 'compare'],
    ['==', 'whole'],
    ['!=', 'unequal'],
    ['TI,AB=', 'fields'],
    ['TI,AB*=', 'allFields'],
    ['TI,AB^=', 'oneField'],
    ['IPC=/low', 'low'],
    ['#3', 'history'],
    ['@…', 'saved'],
  ],
  cql: [
    ['and', 'and'],
    ['or', 'or'],
    ['not', 'not'],
    ['"…"', 'phrase'],
    ['any "…"', 'any'],
    ['all "…"', 'allWords'],
    ['prox/distance<=5', 'within'],
    ['prox/distance<=5/ordered=true', 'withinOrdered'],
    ['prox/unit=sentence', 'sentence'],
    ['prox/unit=paragraph', 'paragraph'],
    ['within "2015 2019"', 'range'],
    ['>=  <=  >  <', 'compare'],
    ['cpc=/low', 'low'],
  ],
  patsnap: [
    ['AND', 'and'],
    ['OR', 'or'],
    ['NOT', 'not'],
    ['"…"', 'phrase'],
    ['$W5', 'within'],
    ['$PRE5', 'withinOrdered'],
    ['$WS', 'nextOrdered'],
    ['$SEN', 'sentence'],
    ['$PARA', 'paragraph'],
    ['$FREQ3', 'times'],
    ['[20150101 TO 20191231]', 'range'],
    ['IPC_LOW:', 'low'],
  ],
  cnipr: [
    ['and', 'and'],
    ['or', 'or'],
    ['not', 'not'],
    ['xor', 'xor'],
    ['adj', 'nextOrdered'],
    ['pre/5  5W', 'withinOrdered'],
    ['5D', 'within'],
    ['equ/5', 'exactly'],
    ['D', 'next'],
    ['S', 'sentence'],
    ['P', 'paragraph'],
    ['(TI,AB)=', 'fields'],
  ],
  lucene: [
    ['AND  &&', 'and'],
    ['OR  ||', 'or'],
    ['NOT  !', 'not'],
    ['+  -', 'plusMinus'],
    ['"…"', 'phrase'],
    ['"…"~5', 'within'],
    ['[2015 TO 2019]', 'range'],
  ],
};

/** Queries that work in each language as they stand. */
export const EXAMPLES: Record<Dialect, readonly string[]> = {
  zc: [
    '机器人 抓手',
    '名称=(机器人 AND (抓手 OR 夹爪)) NOT 申请人=大学',
    '摘要=(传感器 5D 温度) AND 申请日=[2015 TO 2019]',
    '权利要求=(电机 S 轴承) AND 法律状态=有效',
    'IPC=/low B25J15/00 AND 专利类型=发明',
    'CN106844774',
  ],
  cql: [
    'ti all "robot gripper"',
    'ta=robot prox/distance<=3 ta=gripper',
    'pa="university" and pd within "2015 2019"',
    'cpc=/low B25J15/00',
  ],
  patsnap: [
    'TTL:(机器人 AND 抓手)',
    'TACD:(传感器 $W5 温度) AND APD:[20150101 TO 20191231]',
    'IPC_LOW:B25J15/00 AND SIMPLE_LEGAL_STATUS:有效',
  ],
  cnipr: [
    '名称=(机器人 and 抓手)',
    '(名称,摘要,主权项)=石墨烯',
    '摘要=(传感器 pre/5 温度) and 申请日=2018',
    'TI=机器% and PA=大学',
  ],
  lucene: [
    'title:(robot AND gripper)',
    'abstract:"temperature sensor"~5',
    'applicant.name:university AND year_published:[2015 TO 2019]',
    '+title:robot -title:toy',
  ],
};
