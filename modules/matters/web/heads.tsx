import { useText } from './text.ts';

type Column =
  | 'basis'
  | 'course.due'
  | 'course.how'
  | 'course.start'
  | 'course.what'
  | 'formTitle'
  | 'from'
  | 'limits'
  | 'material'
  | 'necessity'
  | 'papers'
  | 'source'
  | 'standard'
  | 'step'
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
