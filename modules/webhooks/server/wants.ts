import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Source, Want } from '../contract.ts';
import type { By } from './account.ts';
import { webhookError } from './errors.ts';
import { sourcesOf, type WebhookSource } from './sources.ts';

/** What an account can hear of, as its page shows it. */
export function shownSources(platform: Platform, { actor }: Pick<By, 'actor'>): Promise<Source[]> {
  return Promise.all(
    sourcesOf(platform).map(async (source) => ({
      ...{ id: source.id, title: source.title, about: await source.about(actor) },
      types: source.types.map(({ id, title }) => ({ id, title })),
      narrow: { title: source.narrow.title, options: [...(await source.narrow.options(actor))] },
    })),
  );
}

/**
 * Refuses wants that nobody offers. Things that a webhook was narrowed to before may stay, also where they are gone by now. Throws
 * `webhooks_want`.
 */
export async function demandWants(
  platform: Platform,
  { actor }: Pick<By, 'actor'>,
  wants: readonly Want[],
  before: readonly Want[] = [],
): Promise<void> {
  const offered = new Map(sourcesOf(platform).map((source) => [source.id, source]));
  const named = new Set<string>();
  for (const want of wants) {
    const source = offered.get(want.source);
    if (!source || named.has(want.source)) throw webhookError('webhooks_want', { what: want.source });
    named.add(want.source);
    for (const type of want.types)
      if (!source.types.some(({ id }) => id === type)) throw webhookError('webhooks_want', { what: type });
    await demandTopics(source, actor, want, before.find((one) => one.source === want.source)?.only ?? []);
  }
}

async function demandTopics(
  source: WebhookSource,
  actor: Actor,
  { only }: Want,
  before: readonly string[],
): Promise<void> {
  if (only === null) return;
  const options = new Set([...(await source.narrow.options(actor)).map(({ id }) => id), ...before]);
  for (const topic of only) if (!options.has(topic)) throw webhookError('webhooks_want', { what: topic });
}
