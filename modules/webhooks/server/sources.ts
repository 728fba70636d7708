import type * as z from 'zod';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';

/** A type of messages. */
export interface WebhookType {
  /** As it stands in messages, for instance `matter.step`. */
  id: string;
  title: Text;
  /** What stands in `data`, for the description of the interface. */
  data: z.ZodType;
}

/** What accounts can hear of from one module. It is asked outside of transactions, when messages are handed out and sent. */
export interface WebhookSource {
  id: string;
  title: Text;
  types: readonly WebhookType[];
  /** Whose news an account hears. */
  about(actor: Actor): Text | Promise<Text>;
  /** Things to which a webhook may be narrowed, such as watches or service items. */
  narrow: { title: Text; options(actor: Actor): Promise<readonly { id: string; title: Text }[]> };
  /** Of which of these things something that happened is, and the accounts that may hear of it; null where it is gone. */
  audience(ref: string): Promise<{ topic: string; accounts: readonly string[] } | null>;
  /**
   * What an account is told of it: the `data` of the message, or null where it may not know. Asked when the message is handed out and again
   * each time that it is sent, so that whoever lost a right hears nothing.
   */
  tell(type: string, ref: string, actor: Actor): Promise<Record<string, unknown> | null>;
}

const known = new WeakMap<Platform, Map<string, WebhookSource>>();

/** Offers messages to webhooks; a module does it while setting up. Throws for a type that another source has already. */
export function provideWebhooks(platform: Platform, source: WebhookSource): void {
  for (const { id } of source.types) {
    const other = sourceOfType(platform, id);
    if (other && other.id !== source.id) throw new Error(`webhook type ${id} is offered twice`);
  }
  const all = known.get(platform) ?? new Map<string, WebhookSource>();
  known.set(platform, all.set(source.id, source));
}

/** What this platform's modules offer. */
export function sourcesOf(platform: Platform): readonly WebhookSource[] {
  return [...(known.get(platform)?.values() ?? [])];
}

/** Who offers a type. */
export function sourceOfType(platform: Platform, type: string): WebhookSource | undefined {
  return sourcesOf(platform).find(({ types }) => types.some(({ id }) => id === type));
}
