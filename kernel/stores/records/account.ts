import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { StoreError } from '../errors.ts';

/** Under whose name PostgreSQL runs. It refuses to run as root, so root lends it another account. */
export interface Account {
  /** Absent: the user who runs the platform. */
  ids?: { uid: number; gid: number };
  /** Words to put before a command (`unshare -U`: root's own files, but not root's rights). */
  prefix: string[];
}

/**
 * Chooses the account. As an ordinary user: oneself. As root: whoever owns the data already, else `postgres`, else
 * `nobody`, provided that this account can reach `paths`; else a user namespace where the system allows one.
 */
export function chooseAccount(paths: string[], owner: { uid: number; gid: number } | undefined): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const inNamespace = owner?.uid === 0;
  const ids = owner && !inNamespace ? owner : (account('postgres') ?? account('nobody'));
  let obstacle = 'There is neither an account "postgres" nor "nobody".';
  if (ids && !inNamespace) {
    const closed = paths.map((p) => firstClosed(p, ids)).find((p) => p !== undefined);
    if (closed === undefined) return { ids, prefix: [] };
    obstacle = `The account with uid ${ids.uid} may not enter ${closed}.`;
  }
  // Data owned by another account cannot be read from a namespace, where only root's own files are ours.
  if (
    (!owner || inNamespace) &&
    process.platform === 'linux' &&
    spawnSync('unshare', ['-U', 'true']).status === 0
  ) {
    return { prefix: ['unshare', '-U'] };
  }
  throw new StoreError(
    'folder',
    `PostgreSQL does not run as root and cannot be run under another account: ${obstacle} Start the platform as an ordinary user, or allow entering that folder (chmod o+x), or move the data folder (ZC_DATA) and the checkout to a place that everybody may enter.`,
  );
}

/** The first folder on the way from / to `path` that the account may not enter; undefined when the way is free. */
export function firstClosed(path: string, ids: { uid: number; gid: number }): string | undefined {
  const way: string[] = [];
  for (let dir = path; ; dir = dirname(dir)) {
    way.unshift(dir);
    if (dir === parse(dir).root) break;
  }
  return way.find((dir) => {
    const found = statSync(dir, { throwIfNoEntry: false });
    if (!found) return false;
    const bit = found.uid === ids.uid ? 0o100 : found.gid === ids.gid ? 0o010 : 0o001;
    return (found.mode & bit) === 0;
  });
}

/** Numbers of a named account, asked from `id` so that directories beyond /etc/passwd count too. */
function account(name: string): { uid: number; gid: number } | undefined {
  const ask = (what: string) => {
    const { status, stdout } = spawnSync('id', [what, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  };
  const ids = { uid: ask('-u'), gid: ask('-g') };
  return Number.isInteger(ids.uid) && Number.isInteger(ids.gid) && ids.uid !== 0 ? ids : undefined;
}
