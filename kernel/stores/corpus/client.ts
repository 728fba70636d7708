import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';

/** Where the corpus is: the socket of the embedded one, or the address of a server. */
export type CorpusAddress = { socket: string } | { url: string };

/** How long a new connection waits for an embedded corpus that is being restarted, in milliseconds. */
const patience = 20_000;

/**
 * Connects to a unix socket and keeps trying while nobody listens there, so that a restart of the corpus process delays a
 * request instead of failing it. (A request that was running when the process ended does fail; asking again is safe.)
 */
class PatientAgent extends Agent {
  readonly #socket: string;
  #closed = false;
  constructor(socket: string, options: AgentOptions) {
    super(options);
    this.#socket = socket;
  }

  override createConnection(
    _: ClientRequestArgs,
    done?: (e: Error | null, socket: Duplex) => void,
  ): undefined {
    const deadline = Date.now() + patience;
    const attempt = () => {
      const socket = createConnection(this.#socket);
      const failed = (e: NodeJS.ErrnoException) => {
        const absent = e.code === 'ENOENT' || e.code === 'ECONNREFUSED';
        if (absent && !this.#closed && Date.now() < deadline) setTimeout(attempt, 100);
        else done?.(e, socket);
      };
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.off('error', failed);
        done?.(null, socket);
      });
    };
    attempt();
    return undefined;
  }

  override destroy(): void {
    this.#closed = true;
    super.destroy();
  }
}

/** Opens the client. The same settings hold in every mode; a call may override them. */
export function openCorpusClient(at: CorpusAddress): ClickHouseClient {
  return createClient({
    ...('url' in at
      ? { url: at.url, max_open_connections: 16 }
      : {
          url: 'http://corpus',
          http_agent: new PatientAgent(at.socket, { keepAlive: true, maxSockets: 16 }),
        }),
    // Without sign of life; queries end earlier by max_execution_time.
    request_timeout: 600_000,
    keep_alive: { enabled: true, idle_socket_ttl: 2500 },
    application: 'zhicheng',
    // Failures are thrown and logged by whoever asked.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      max_execution_time: 30,
      // Counts and sums beyond 2^53 must not lose digits; they arrive as strings.
      output_format_json_quote_64bit_integers: 1,
      // A row with an unknown field is a mistake, not something to drop in silence.
      input_format_skip_unknown_fields: 0,
      // A replaced row must not be found by the words of its former version.
      use_skip_indexes_if_final_exact_mode: 1,
      // An insert is acknowledged when it is written, in one block as it was sent.
      async_insert: 0,
      date_time_input_format: 'best_effort',
    },
  });
}
