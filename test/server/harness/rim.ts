/**
 * The backend's own rim in this process: requests go to the route that the framework would choose, through
 * `operation`, to the answer, without a server.
 */
import type { Backend } from '#lib/server/backend.ts';

type Endpoint = (event: {
	request: Request;
	url: URL;
	params: Record<string, string>;
	locals: { backend: Backend };
	getClientAddress: () => string;
}) => Promise<Response>;

const MODULES = import.meta.glob<Record<string, Endpoint>>('/src/routes/**/+server.ts');

interface Route {
	/** `/api/v1/vends/[id]` in its parts. */
	readonly parts: readonly string[];
	readonly load: () => Promise<Record<string, Endpoint>>;
}

const isParameter = (part: string): boolean => part.startsWith('[');

/** A literal part goes before a parameter in its place, as with the framework. */
const ROUTES: Route[] = Object.entries(MODULES)
	.map(([file, load]) => ({
		parts: file
			.slice('/src/routes/'.length, -'/+server.ts'.length)
			.split('/')
			.filter((part) => !part.startsWith('(')),
		load,
	}))
	.sort((a, b) => a.parts.filter(isParameter).length - b.parts.filter(isParameter).length);

/** Where the tests' backend is, as browsers know it. */
export const ORIGIN = 'http://localhost:4180';

/** @param path from the root, with its query */
export function requestTo(path: string, init: RequestInit = {}): Request {
	return new Request(`${ORIGIN}${path}`, init);
}

/** @throws {Error} when there is no such route or method */
export async function send(
	backend: Backend,
	request: Request,
	address = '192.0.2.1',
): Promise<Response> {
	const url = new URL(request.url);
	const found = ROUTES.find(({ parts }) => paramsOf(parts, url.pathname) !== undefined);
	const endpoint = (await found?.load())?.[request.method];
	if (found === undefined || endpoint === undefined)
		throw new Error(`no route for ${request.method} ${url.pathname}`);
	const params = paramsOf(found.parts, url.pathname) ?? {};
	return await endpoint({
		...{ request, url, params },
		locals: { backend },
		getClientAddress: () => address,
	});
}

/** Undefined: the path is not of this route. */
function paramsOf(parts: readonly string[], pathname: string): Record<string, string> | undefined {
	const given = pathname.slice(1).split('/');
	if (given.length !== parts.length) return undefined;
	const params: Record<string, string> = {};
	for (const [at, part] of parts.entries()) {
		const text = decodeURIComponent(given[at] ?? '');
		if (!isParameter(part) && part !== text) return undefined;
		if (isParameter(part)) params[part.slice(1, -1).replace(/=.*/, '')] = text;
	}
	return params;
}
