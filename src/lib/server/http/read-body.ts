/** Request bodies: read with a limit, as JSON, in the shape of a schema; or a refusal. */
import * as v from 'valibot';
import { Id } from '#lib/core/sync/wire.ts';
import type { Refusal } from '../refusal.ts';

/** Every request of the API is far smaller. */
export const MAX_BODY_OCTETS = 64 * 1024;

/** The text of a body. Refusal: `body-too-large`, given before more than the limit has been read. */
export async function readText(
	request: Request,
	maxOctets: number = MAX_BODY_OCTETS,
): Promise<{ text: string } | Refusal> {
	const declared = Number(request.headers.get('content-length') ?? 0);
	if (declared > maxOctets) return { refusal: 'body-too-large' };
	const chunks: Uint8Array[] = [];
	let octets = 0;
	const reader = request.body?.getReader();
	try {
		for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
			octets += part.value.length;
			if (octets > maxOctets) return { refusal: 'body-too-large' };
			chunks.push(part.value);
		}
	} catch {
		// The sender is gone, or the server under us has a limit of its own.
		return { refusal: 'body-too-large' };
	} finally {
		// Not cancelled: that would cut the connection before the refusal is out.
		reader?.releaseLock();
	}
	return { text: Buffer.concat(chunks).toString('utf8') };
}

/** Order: `body-not-json`, `body-shape` with the fields that are wrong. @param inRows each row is text by itself */
export function parseJson<Schema extends v.GenericSchema>(
	text: string,
	schema: Schema,
	inRows = false,
): { value: v.InferOutput<Schema> } | Refusal {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { refusal: 'body-not-json' };
	}
	return inRows || isText(json) ? shapeOf(json, schema) : { refusal: 'body-shape' };
}

/** Whether every text in a value is one (`isStorable`), names of members as well. */
export function isText(json: unknown): boolean {
	// A list of its own, not the stack: a body may be nested as deep as it is long.
	const rest: unknown[] = [json];
	while (rest.length > 0) {
		const value = rest.pop();
		if (typeof value === 'string' && !isStorable(value)) return false;
		if (typeof value === 'object' && value !== null)
			for (const [name, inner] of Object.entries(value)) rest.push(name, inner);
	}
	return true;
}

/**
 * Whether both databases can hold a text. Half a surrogate pair is JSON but no text: it has no canonical form
 * to be told apart by. PostgreSQL's texts have no NUL.
 */
export function isStorable(text: string): boolean {
	return text.isWellFormed() && !text.includes('\u0000');
}

/** Each parameter once, as text. Refusal: `body-shape` with those that are wrong. */
export function parseQuery<Schema extends v.GenericSchema>(
	url: URL,
	schema: Schema,
): { value: v.InferOutput<Schema> } | Refusal {
	const given = Object.fromEntries(url.searchParams);
	return Object.values(given).every(isStorable)
		? shapeOf(given, schema)
		: { refusal: 'body-shape' };
}

/** Refusal: `body-shape` with the fields that are wrong. */
export function shapeOf<Schema extends v.GenericSchema>(
	value: unknown,
	schema: Schema,
): { value: v.InferOutput<Schema> } | Refusal {
	const parsed = v.safeParse(schema, value);
	return parsed.success
		? { value: parsed.output }
		: { refusal: 'body-shape', errors: parsed.issues.map(describeIssue) };
}

/** Says what was expected, not what came: a request's contents are nobody's business but its sender's. */
function describeIssue(issue: v.BaseIssue<unknown>): { pointer: string; detail: string } {
	const path = issue.path?.map((item) => `/${String(item.key)}`).join('') ?? '';
	return { pointer: path, detail: `expected ${issue.expected ?? 'another value'}` };
}

/** An id of the path. Refusal: `id-not-uuid`. */
export function readId(text: string): { id: string } | Refusal {
	return v.is(Id, text) ? { id: text } : { refusal: 'id-not-uuid' };
}
