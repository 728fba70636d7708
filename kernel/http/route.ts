import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint, EndpointInput, EndpointResponse } from '#kernel/http/contract';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';

/** Everything a handler may look at: validated input, who asks, and in which language the answer goes. */
export interface Call<E extends Endpoint> extends EndpointInput<E> {
  actor: Actor;
  lang: Lang;
  requestId: string;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A handler answers with the contract's response; a `produces` endpoint sends bytes itself and returns the reply. */
export type Handler<E extends Endpoint> = (
  call: Call<E>,
) => Promise<E extends { produces: string } ? unknown : EndpointResponse<E>>;

/** A contract with its handler. */
export interface Route {
  endpoint: Endpoint;
  handler: Handler<Endpoint>;
}

/** Joins a contract and its handler; the types of both must fit. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return { endpoint, handler: handler as unknown as Handler<Endpoint> };
}
