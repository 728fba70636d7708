import * as z from 'zod';

/** A type of messages that the platform sends to other systems. */
export interface SentMessage {
  /** As it stands in the message. */
  type: string;
  /** When it is sent, in English, for OpenAPI. */
  summary: string;
  data: z.ZodType;
}

/** Headers by which a receiver knows a message and checks it. */
const HEADERS = {
  'webhook-id': 'Id of the message, the same at every attempt',
  'webhook-timestamp': 'Seconds since 1970, time of this attempt',
  'webhook-signature': 'v1, and HMAC-SHA256 over id, time and body, in base64 (Standard Webhooks)',
};

/** The `webhooks` of an OpenAPI document. */
export function describedMessages(messages: readonly SentMessage[]) {
  return Object.fromEntries(
    messages.map(({ type, summary, data }) => {
      const body = z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data });
      const { $schema: _, ...schema } = z.toJSONSchema(body);
      const parameters = Object.entries(HEADERS).map(([name, description]) => ({
        ...{ in: 'header' as const, name, description, required: true, schema: { type: 'string' as const } },
      }));
      const post = {
        ...{ summary, parameters },
        requestBody: { required: true, content: { 'application/json': { schema: schema as object } } },
        responses: { '2XX': { description: 'Taken. Anything else is tried again.' } },
      };
      return [type, { post }];
    }),
  );
}
