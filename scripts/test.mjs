/**
 * Every check that this machine allows: lockfile, types, lint and format, unit tests, tests over the real stores, journeys
 * in a browser. Prints what could not be run and why, and closes with one line of counts. Words after `npm test --` go to
 * vitest, e.g. `npm test -- modules/plan`; then only tests run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const chosen = process.argv.slice(2);

/** Runs one of the tools; what it says goes to the terminal, of `quiet` ones in one piece at their end. */
function run(title, script, args, quiet = false) {
  console.log(`→ ${title}`);
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  return new Promise((done) => {
    child.once('error', (error) => {
      console.error(error.message);
      done(false);
    });
    child.once('close', (code) => {
      if (said.trim() !== '') console.log(`${title}:\n${said.trimEnd()}`);
      done(code === 0);
    });
  });
}

const failed = [];
if (chosen.length === 0) {
  const checks = [
    ['lockfile', 'scripts/lock-stubs.mjs', ['--check']],
    ['types', 'node_modules/typescript/bin/tsc', ['-b']],
    ['lint and format', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']],
  ];
  // At the same time: each alone leaves cores idle for parts of its way.
  await Promise.all(
    checks.map(async ([title, script, args]) => {
      if (!(await run(title, script, args, true))) failed.push(title);
    }),
  );
}

const dir = mkdtempSync(join(tmpdir(), 'zc-test-report-'));
/** Journeys come in a run of their own: their platforms start with it, and would take power from the other tests. */
const runs =
  chosen.length > 0
    ? [['tests', chosen]]
    : [
        ['tests', ['--project', 'unit', '--project', 'stores']],
        ['journeys in a browser', ['--project', 'e2e']],
      ];
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
for (const [place, [title, words]] of runs.entries()) {
  const report = join(dir, `${place}.json`);
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words];
  if (!(await run(title, 'node_modules/vitest/vitest.mjs', args))) failed.push(title);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
    for (const { name, assertionResults } of result.testResults)
      for (const { status, fullName } of assertionResults)
        if (status !== 'passed' && status !== 'failed')
          skipped.push(`  ${name.replace(root, '')}: ${fullName}`);
  } catch (error) {
    failed.push(`report of ${title} (${error.message})`);
  }
}
if (skipped.length > 0)
  console.log(`\nNot run on this machine (the reason stands in the name):\n${skipped.join('\n')}`);
rmSync(dir, { recursive: true, force: true });
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(failed.length > 0 ? 1 : 0);
