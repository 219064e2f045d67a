/** Asks an endpoint as the framework does, without a socket: a route's handler, a request, an answer. */
import type { Backend } from '#lib/server/backend.ts';

type Handler = (event: {
	request: Request;
	url: URL;
	params: Partial<Record<string, string>>;
	locals: { backend: Backend };
	getClientAddress(): string;
}) => Promise<Response>;

export interface Called {
	readonly status: number;
	/** Of a refusal. */
	readonly code: string | undefined;
	readonly json: unknown;
	readonly headers: Headers;
	/** The session's cookie that was set, as the browser would send it back; empty when it was taken away. */
	readonly cookie: string | undefined;
}

export const ORIGIN = 'http://localhost:4180';

export interface Ask {
	readonly method?: string;
	readonly path?: string;
	readonly params?: Partial<Record<string, string>>;
	readonly body?: unknown;
	readonly headers?: Record<string, string>;
	readonly address?: string;
}

/** A page of ours unless the headers say otherwise. */
export async function call(backend: Backend, handler: Handler, ask: Ask = {}): Promise<Called> {
	const url = new URL(ask.path ?? '/', ORIGIN);
	const request = new Request(url, {
		method: ask.method ?? 'GET',
		headers: { origin: ORIGIN, ...ask.headers },
		...(ask.body !== undefined && { body: JSON.stringify(ask.body) }),
	});
	const response = await handler({
		request,
		url,
		params: ask.params ?? {},
		locals: { backend },
		getClientAddress: () => ask.address ?? '127.0.0.1',
	});
	const json: unknown = await response.json();
	const cookie = response.headers.get('set-cookie')?.split(';')[0];
	return {
		status: response.status,
		code: (json as { code?: string }).code,
		...{ json, headers: response.headers },
		cookie: cookie?.endsWith('=') ? '' : cookie,
	};
}
