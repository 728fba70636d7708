import fc from 'fast-check';

/**
 * fast-check with the cases that it tries fixed, so that a run says the same on every machine: a test that fails fails again.
 * `PROPERTY_SEED=random npm test` tries other cases, `PROPERTY_SEED=<number>` those of a run that failed.
 */
// Tests of pages are checked without the types of Node.
const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
const wanted = process?.env.PROPERTY_SEED ?? '20250201';
if (wanted !== 'random') {
  const seed = Number(wanted);
  if (!Number.isInteger(seed))
    throw new Error(`PROPERTY_SEED is a whole number or "random", not "${wanted}"`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}

export default fc;
