/**
 * How every endpoint runs: who asks, whether they may, how often, in which shape; then its own work; then
 * JSON, or the refusal as a problem document. Routes only name the operation and its work.
 */
import * as v from 'valibot';
import type { Backend } from '../backend.ts';
import { kindOf, type Caller } from '../access/caller.ts';
import { identifyCaller, type Arrival, type Identified } from '../access/identify.ts';
import { limitRate, limitSubject, noteMiss, type Subject } from '../access/rate.ts';
import { decideAuthority } from '../access/roles.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { attend } from './attend.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import type { OperationRow } from './operations/row.ts';
import { isStorable, parseJson, parseQuery, readId, readText } from './read-body.ts';

type Row<Name extends OperationName> = (typeof OPERATIONS)[Name];
/** Names in braces. */
type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? Name | ParamsOf<Rest>
	: never;
type Output<Schema> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : undefined;

/** What an endpoint's work is given: all of it checked. */
export interface Asked<Name extends OperationName> {
	readonly backend: Backend;
	readonly caller: Caller;
	/** Of the path; one called `id` is a UUIDv7. */
	readonly params: Readonly<Record<ParamsOf<Row<Name>['path']>, string>>;
	readonly query: Row<Name> extends { readonly query: infer Query } ? Output<Query> : undefined;
	readonly body: Row<Name> extends { readonly body: infer Body } ? Output<Body> : undefined;
	/** The body as it came, for what is signed over its octets. */
	readonly text: string;
	readonly request: Request;
	/** With the origin under which this server is known to browsers. */
	readonly url: URL;
}

/** The part of the framework's request event that is used here. */
interface RequestEvent {
	readonly request: Request;
	readonly url: URL;
	readonly params: Partial<Record<string, string>>;
	readonly locals: { readonly backend: Backend };
	getClientAddress(): string;
}

/**
 * Order of refusal: `body-too-large`, those of the caller (`identifyCaller`; `too-many-requests` before
 * them, when too many came from that address), of authority
 * (`decideAuthority`), `too-many-requests`, `id-not-uuid`, `not-found` (a path with a NUL), the query's
 * `body-shape`, `body-not-json`, `body-shape`, `too-many-requests` (of a meter or phone), then the work's own.
 */
export function operation<Name extends OperationName>(
	name: Name,
	work: (asked: Asked<Name>) => Promise<Response | Refusal | object>,
): (event: RequestEvent) => Promise<Response> {
	const row: OperationRow = OPERATIONS[name];
	return async ({ request, url, params, locals: { backend }, getClientAddress }) => {
		let asker: Identified | undefined;
		const response = await attend(backend, name, row, async (note) => {
			const body = await readText(request, row.maxBodyOctets);
			if (isRefusal(body)) return body;
			const arrival = { request, url, text: body.text, address: getClientAddress() };
			const identified = await identify(backend, row, arrival);
			if (isRefusal(identified))
				return (await limitRate(backend, nobodyAt(arrival.address), row)) ?? identified;
			asker = identified;
			const { caller } = asker;
			note.caller = kindOf(caller);
			const denied = await deny(backend, asker, row);
			if (denied !== undefined) return denied;
			const shaped = shapeRequest(row, params, url, body.text);
			if (isRefusal(shaped)) return shaped;
			const limited = await limitSubject(backend, caller, row, subjectOf(shaped));
			if (limited !== undefined) return limited;
			// The shapes are those of the same row that gave the types.
			const asked = { backend, caller, ...shaped, text: body.text, request, url } as Asked<Name>;
			const result = await work(asked);
			await noteMiss(backend, caller, result);
			return result;
		});
		return withCookie(response, asker?.setCookie);
	};
}

/** Of the path, or else of the body. */
function subjectOf({ params, body }: { params: object; body: unknown }): Subject {
	return { ...(typeof body === 'object' && body), ...params };
}

async function identify(
	backend: Backend,
	row: OperationRow,
	arrival: Arrival,
): Promise<Identified | Refusal> {
	if (!row.standalone) return await identifyCaller(backend, arrival);
	return { caller: nobodyAt(arrival.address) };
}

/** Whoever it was: counted by where they ask from, so that claiming to be somebody is no way around. */
function nobodyAt(address: string): Caller {
	return { utilityId: '', roles: ['guest'], address };
}

async function deny(
	backend: Backend,
	asker: Identified,
	row: OperationRow,
): Promise<Refusal | undefined> {
	if (row.standalone) return undefined;
	return mayNot(asker, row) ?? (await limitRate(backend, asker.caller, row));
}

function mayNot({ caller, sessionEnded }: Identified, row: OperationRow): Refusal | undefined {
	const denied = decideAuthority(caller, row.capability);
	return denied?.refusal === 'sign-in-needed' && sessionEnded
		? { refusal: 'session-ended' }
		: denied;
}

/** Whatever the answer is, the session's next token goes with it; one that the work has set itself stands. */
function withCookie(response: Response, cookie: string | undefined): Response {
	if (cookie !== undefined && !response.headers.has('set-cookie'))
		response.headers.set('set-cookie', cookie);
	return response;
}

function shapeRequest(
	row: OperationRow,
	params: Partial<Record<string, string>>,
	url: URL,
	text: string,
): { params: object; query: unknown; body: unknown } | Refusal {
	const id = params.id === undefined ? undefined : readId(params.id);
	if (id !== undefined && isRefusal(id)) return id;
	// What no database can hold names nothing.
	if (Object.values(params).some((text) => !isStorable(text ?? '')))
		return { refusal: 'not-found' };
	const query = row.query && parseQuery(url, row.query);
	if (query && 'refusal' in query) return query;
	const body = row.body && parseJson(text, row.body, row.inRows);
	if (body && 'refusal' in body) return body;
	return { params, query: query?.value, body: body?.value };
}
