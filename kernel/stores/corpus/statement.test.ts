import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { readStatement } from './statement.ts';

describe('readStatement', () => {
  it('takes the format clause that the client appends', () => {
    expect(readStatement('select 1\nFORMAT JSONEachRow')).toMatchObject({
      text: 'select 1',
      format: 'JSONEachRow',
    });
    expect(readStatement('select 1;\n')).toMatchObject({ text: 'select 1' });
  });

  it('does not take a format from text or comments', () => {
    expect(readStatement("select ' format CSV'").format).toBeUndefined();
    expect(readStatement('select 1 -- format CSV').format).toBeUndefined();
    expect(readStatement('select 1 /* x */ FORMAT CSV').format).toBe('CSV');
  });

  it('sees a second statement, but not a semicolon in text', () => {
    expect(readStatement('select 1; drop table t').many).toBe(true);
    expect(readStatement("select ';', `a;b`, 'it\\'s;' -- ; \n").many).toBe(false);
    expect(readStatement("insert into t values ('a'); ").many).toBe(false);
  });

  it('knows what reads and what changes the session', () => {
    expect(readStatement('/* why */ with 1 as a select a').reads).toBe(true);
    expect(readStatement('alter table t delete where 1').reads).toBe(false);
    expect(readStatement('set max_threads = 1').altersSession).toBe(true);
    expect(readStatement('create temporary table t (a Int8)').altersSession).toBe(true);
  });

  it('takes an insert apart when its names are plain', () => {
    expect(readStatement('INSERT INTO db.t (a, `b`) FORMAT JSONEachRow').insert).toEqual({
      table: 'db.t',
      columns: ['a', 'b'],
      format: 'JSONEachRow',
    });
    expect(readStatement('insert into t (* except (a)) format JSONEachRow').insert).toBeUndefined();
    expect(readStatement('insert into `t-1` format JSONEachRow').insert).toBeUndefined();
    expect(readStatement('insert into t select 1 format JSONEachRow').insert).toBeUndefined();
  });

  it('never lets quoted text change the reading', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        const quoted = `'${s.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
        const read = readStatement(`select ${quoted} as a\nFORMAT JSON`);
        expect(read).toMatchObject({
          text: `select ${quoted} as a`,
          format: 'JSON',
          many: false,
          reads: true,
        });
      }),
    );
  });
});
