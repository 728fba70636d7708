import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Learned, LearnTask } from './learn-worker.ts';

/** Memory of a thread that learns, in megabytes; the tables of a task are bounded below that. */
const MEMORY = 1536;

/**
 * Learns in a thread of its own. `stopping` is asked once a second; then the thread is ended and null comes back. Throws what
 * the thread threw.
 */
export async function learnInThread(
  task: LearnTask,
  progress: (done: number, total: number) => void = () => {},
  stopping: () => boolean = () => false,
): Promise<Learned | null> {
  const worker = new Worker(program(), {
    eval: true,
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Learned | null>((done, failed) => {
      worker.on('message', (said: [number, number] | Learned) => {
        if (Array.isArray(said)) progress(...said);
        else done(said);
      });
      worker.on('error', failed);
      worker.on('exit', (code) => failed(new Error(`the learning thread ended with ${code}`)));
      timer = setInterval(() => stopping() && done(null), 1000);
    });
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
}

/** The thread's first words: it loads the compiled file, or the source through tsx, which does not reach threads by itself. */
function program(): string {
  if (!import.meta.url.endsWith('.ts'))
    return `import(${JSON.stringify(new URL('./learn-worker.js', import.meta.url).href)})`;
  // What `require` finds is the CommonJS twin of the module beside it.
  const api = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api'));
  const tsx = new URL('./index.mjs', api).href;
  const file = new URL('./learn-worker.ts', import.meta.url).href;
  return `import(${JSON.stringify(tsx)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(file)}); })`;
}
