/** Asks an endpoint in this process as a browser or a program would; every answer is held to its description. */
import type { Backend } from '#lib/server/backend.ts';
import { notAsDescribed } from './described.ts';
import { ORIGIN, requestTo, send } from './rim.ts';

export interface Called {
	readonly status: number;
	/** Of a refusal. */
	readonly code: string | undefined;
	readonly json: unknown;
	readonly headers: Headers;
	/** The session's cookie that was set, as the browser would send it back; empty when it was taken away. */
	readonly cookie: string | undefined;
}

export interface Ask {
	readonly body?: unknown;
	/** Beside those of a page of ours. */
	readonly headers?: Record<string, string>;
	readonly cookie?: string;
	readonly address?: string;
}

/** @throws {Error} when the answer is not one that the API's description promises */
export async function call(
	backend: Backend,
	method: string,
	path: string,
	{ body, headers, cookie, address }: Ask = {},
): Promise<Called> {
	const request = requestTo(path, {
		method,
		headers: { origin: ORIGIN, ...(cookie !== undefined && { cookie }), ...headers },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const response = await send(backend, request, address);
	const json: unknown = await response.json();
	const { status } = response;
	const type = response.headers.get('content-type');
	const wrong = notAsDescribed(method, path, { status, type, json });
	if (wrong !== undefined) throw new Error(`${method} ${path} is not as described: ${wrong}`);
	const set = response.headers.get('set-cookie')?.split(';')[0];
	return {
		...{ status, json, headers: response.headers },
		code: (json as { code?: string }).code,
		cookie: set?.endsWith('=') ? '' : set,
	};
}
