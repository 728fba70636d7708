import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** Somebody whom the provider knows, with what it says of them. */
export interface Person {
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
  name?: string;
}

/** A real OpenID Connect provider on a free port, whose sign-in page is answered by the test. */
export interface TestProvider {
  issuer: string;
  /** By subject. */
  people: Map<string, Person>;
  /** Signs this person in from now on, as if they typed their password there. */
  signIn(subject: string): void;
  close(): Promise<void>;
}

/** Opens a provider that knows one client. It answers after `redirectUri` was registered, as a city would do. */
export async function testProvider(redirectUri: string, port = 0): Promise<TestProvider> {
  const people = new Map<string, Person>();
  let current = '';
  const server: Server = createServer();
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config: Configuration = {
    clients: [{ client_id: 'zhicheng', client_secret: 'a-secret-of-the-city', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
  };
  const provider = new Provider(issuer, config);
  const rest = provider.callback();
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (!req.url?.startsWith('/interaction/')) return void rest(req, res);
    interact(provider, req, res, current).catch((error: unknown) => {
      res.statusCode = 500;
      res.end(String(error));
    });
  });
  return {
    issuer,
    people,
    signIn: (subject) => {
      current = subject;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse, subject: string) {
  const { prompt, params, session } = await provider.interactionDetails(req, res);
  if (prompt.name === 'login')
    return provider.interactionFinished(req, res, { login: { accountId: subject, remember: false } });
  const grant = new provider.Grant({
    accountId: session?.accountId as string,
    clientId: params.client_id as string,
  });
  grant.addOIDCScope(String(params.scope));
  return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } });
}
