// A typed client of the HTTP interface. All paths, bodies and answers come from the contract (contract.d.ts, generated); here is only what the
// contract cannot say: who calls, refusals as errors, and streams.
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './contract.js';

export type Schemas = components['schemas'];

export interface Options {
  /** Such as http://127.0.0.1:8080. */
  readonly url: string;
  /** Where the service asks for keys. */
  readonly key?: string;
  /** Who calls in open mode; dev when absent. */
  readonly developer?: string;
}

/** An event of a stream; data is the resource as it was after it. */
export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** What the service refused, in its words: every fault with the field it is about. */
export class RefusedError extends Error {
  readonly status: number;
  readonly problem: Schemas['Problem'];

  constructor(status: number, problem: Schemas['Problem']) {
    super(problem.detail ?? problem.title);
    this.status = status;
    this.problem = problem;
  }
}

function headersOf({ key, developer }: Options): Record<string, string> {
  if (key !== undefined) {
    return { Authorization: `Bearer ${key}` };
  }
  return developer === undefined ? {} : { 'X-Developer': developer };
}

/** A client of one service: GET, POST and the like of openapi-fetch, typed by the contract. */
export function phalanx(options: Options): Client<paths> {
  return createClient<paths>({ baseUrl: options.url, headers: headersOf(options) });
}

/** What was answered; a refusal is thrown. */
export function answered<T>(answer: { data?: T; error?: unknown; response: Response }): NonNullable<T> {
  if (answer.data === undefined || answer.data === null) {
    throw new RefusedError(answer.response.status, answer.error as Schemas['Problem']);
  }
  return answer.data;
}

/** Follows a stream, such as /v1/deployments/ID/events, and goes on after the last event when the connection breaks. Ends by the signal. */
export async function* follow(options: Options, path: string, signal?: AbortSignal): AsyncGenerator<StreamEvent> {
  let last = '';
  let pauseMs = 500;
  while (!signal?.aborted) {
    try {
      for await (const event of once(options, path, last, signal)) {
        last = event.id;
        pauseMs = 500;
        yield event;
      }
    } catch (error) {
      if (signal?.aborted) {
        return;
      }
      if (error instanceof RefusedError && error.status < 500) {
        throw error;
      }
    }
    await new Promise((done) => setTimeout(done, pauseMs));
    pauseMs = Math.min(10_000, pauseMs * 2);
  }
}

async function* once(options: Options, path: string, after: string, signal?: AbortSignal): AsyncGenerator<StreamEvent> {
  const headers = { ...headersOf(options), Accept: 'text/event-stream', ...(after === '' ? {} : { 'Last-Event-ID': after }) };
  const response = await fetch(new URL(path, options.url), { headers, signal: signal ?? null });
  if (!response.ok || response.body === null) {
    throw new RefusedError(response.status, (await response.json()) as Schemas['Problem']);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    rest += value;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const event = parsed(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (event !== null) {
        yield event;
      }
    }
  }
}

function parsed(block: string): StreamEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
    }
  }
  const data = fields.get('data');
  return data === undefined ? null : { id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: JSON.parse(data) };
}
