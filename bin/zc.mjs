#!/usr/bin/env node
/**
 * Starts the command line from the build, or from the sources where there is no build. What Node must be told before it starts
 * (how to read sources, or where a line of the build came from) needs a second process, to which this passes everything
 * through. The channel between the two tells the second that the first was killed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = existsSync(`${root}dist/server/cli.js`) && process.env.ZC_FROM !== 'source';
const args = built
  ? ['--enable-source-maps', `${root}dist/server/cli.js`]
  : ['--import', import.meta.resolve('tsx'), `${root}app/cli.ts`];
const { ZC_FROM, ...env } = process.env;
const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
