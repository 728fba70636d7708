import { useText } from './text.ts';

type Column =
  | 'basis'
  | 'differs.city'
  | 'differs.here'
  | 'differs.source'
  | 'differs.what'
  | 'course.day'
  | 'course.due'
  | 'course.how'
  | 'course.start'
  | 'course.what'
  | 'formTitle'
  | 'from'
  | 'item'
  | 'limits'
  | 'log.by'
  | 'log.note'
  | 'log.what'
  | 'material'
  | 'necessity'
  | 'paper.by'
  | 'paper.file'
  | 'paper.no'
  | 'paper.title'
  | 'papers'
  | 'party.access'
  | 'party.name'
  | 'party.role'
  | 'party.since'
  | 'publication.name'
  | 'publication.office'
  | 'publication.on'
  | 'publication.until'
  | 'reward.criteria'
  | 'reward.grade'
  | 'reward.least'
  | 'reward.share'
  | 'source'
  | 'standard'
  | 'step'
  | 'template.do'
  | 'template.exampleOf'
  | 'template.form'
  | 'template.meaning'
  | 'template.note'
  | 'template.tag'
  | 'template.uploaded'
  | 'template.usedTags'
  | 'template.when'
  | 'template.who'
  | 'to'
  | 'who';

/** The heads of a table's columns, by the names of their texts. */
export function Heads({ columns }: { columns: readonly Column[] }) {
  const t = useText();
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {t(column)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
