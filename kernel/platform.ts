import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Auth } from '#kernel/auth/auth';
import type { CityPack } from '#kernel/city/schema';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import { Events } from '#kernel/events';
import { Files } from '#kernel/files/files';
import type { Route } from '#kernel/http/route';
import { buildHttp } from '#kernel/http/server';
import { Jobs } from '#kernel/jobs/jobs';
import type { Log } from '#kernel/log';
import { Measures } from '#kernel/measures/measures';
import type { Demonstration, Module, ModuleParts, Platform } from '#kernel/module';
import { rootPath } from '#kernel/paths';
import { Policy } from '#kernel/policy/policy';
import { baseRoles } from '#kernel/policy/roles';
import type { Records } from '#kernel/records';
import { Signer } from '#kernel/signing';
import type { Stores } from '#kernel/stores/index';
import { migrateCorpus, migrateRecords } from '#kernel/stores/migrate';
import { Vault } from '#kernel/vault';

/** What a platform is made of; tests bring their own stores, clock and modules. */
export interface PlatformOptions {
  config: Config;
  modules: readonly Module[];
  clock: Clock;
  log: Log;
  stores: Stores;
  pack: CityPack;
  version: string;
}

/** A composed platform: stores migrated, modules set up, nothing listening yet. */
export interface Composed {
  platform: Platform;
  routes: readonly Route[];
  /** Brings all modules in line with the pack; demonstration data after it where wanted. */
  load(demo: boolean): Promise<void>;
  /** The HTTP server, not yet listening. */
  http(webRoot?: string): Promise<FastifyInstance>;
  /** Stops jobs; the caller closes server and stores. */
  stop(): Promise<void>;
}

/**
 * Composes the platform from modules: migrations, policy, accounts, events, jobs, measures, routes.
 * @throws Error naming a module that another one needs and that is not among them.
 */
export async function compose(o: PlatformOptions): Promise<Composed> {
  const names = new Set(o.modules.map((m) => m.name));
  for (const module of o.modules)
    for (const need of module.needs ?? [])
      if (!names.has(need)) throw new Error(`module ${module.name} needs ${need}, which is not here`);
  const migrations = [
    { module: 'kernel', dir: rootPath('kernel/migrations') },
    ...o.modules
      .filter((m) => m.migrations)
      .map((m) => ({ module: m.name, dir: rootPath(m.migrations as string) })),
  ];
  await migrateRecords(o.stores.pool, migrations);
  await migrateCorpus(o.stores, migrations);

  const records = o.stores.records as unknown as Records;
  const policy = new Policy(
    [...baseRoles, ...o.modules.flatMap((m) => m.roles ?? [])],
    o.modules.flatMap((m) => m.permissions ?? []),
  );
  const auth = await Auth.open({ ...o, records, policy });

  const late: { events?: Events; jobs?: Jobs; measures?: Measures } = {};
  const ready = <K extends keyof typeof late>(key: K): NonNullable<(typeof late)[K]> => {
    const value = late[key];
    if (!value) throw new Error(`${key} may be used only after all modules were set up`);
    return value as NonNullable<(typeof late)[K]>;
  };
  const platform: Platform = {
    version: o.version,
    config: o.config,
    clock: o.clock,
    log: o.log,
    stores: o.stores,
    records,
    files: new Files(join(o.config.ZC_DATA, 'files'), records),
    policy,
    auth,
    signer: new Signer(o.config.ZC_DATA),
    vault: new Vault(o.config.ZC_DATA),
    pack: o.pack,
    get events() {
      return ready('events');
    },
    get jobs() {
      return ready('jobs');
    },
    get measures() {
      return ready('measures');
    },
  };

  const parts: { module: Module; parts: ModuleParts }[] = o.modules.map((module) => ({
    module,
    parts: module.setup(platform),
  }));
  const all = <K extends keyof ModuleParts>(key: K) =>
    parts.flatMap((p) => (p.parts[key] as readonly never[] | undefined) ?? []);
  late.measures = new Measures(all('measures'));
  late.events = new Events(all('subscriptions'));
  late.jobs = new Jobs(o.stores.pool, records, o.log, [...all('jobs'), ...(late.events.jobs() as never[])]);
  late.events.connect(late.jobs);
  await late.jobs.start();

  const routes: readonly Route[] = all('routes');
  return {
    platform,
    routes,
    load: async (demo) => {
      await platform.files.tidy(o.clock.now());
      for (const p of parts) await p.parts.load?.();
      if (demo) await demonstrate(new Map(parts.map((p) => [p.module.name, p.parts.demo])));
    },
    http: (webRoot) =>
      buildHttp({
        log: o.log,
        policy,
        version: o.version,
        routes,
        messages: parts.flatMap((p) => p.parts.messages?.() ?? []),
        authenticate: (request) => auth.authenticate(request),
        raw: (app) => auth.mount(app),
        ...(webRoot && { webRoot }),
        trustProxy: o.config.ZC_TRUST_PROXY,
        uploadLimit: o.config.ZC_UPLOAD_LIMIT,
      }),
    stop: () => platform.jobs.stop(),
  };
}

/** Makes the demonstrations, each after those that it reads. Throws the first failure once none is under way any more. */
async function demonstrate(all: ReadonlyMap<string, Demonstration | undefined>): Promise<void> {
  const begun = new Map<string, Promise<void>>();
  const made = (name: string): Promise<void> => {
    const demo = all.get(name);
    const making =
      begun.get(name) ??
      (demo ? Promise.all((demo.after ?? []).map(made)).then(() => demo.make()) : Promise.resolve());
    begun.set(name, making);
    return making;
  };
  const ends = await Promise.allSettled([...all.keys()].map(made));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
