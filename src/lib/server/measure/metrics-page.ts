/** `/metrics`: who may read it, and what is counted at the moment of asking. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Backend } from '../backend.ts';
import { describeError } from '../log.ts';
import type { Refusal } from '../refusal.ts';
import { METRICS_TYPE } from './measure.ts';
import { countRows } from './row-counts.ts';

/** Refusal: `not-found`, so that a stranger does not even learn that it is here. */
export async function metricsPage(
	backend: Backend,
	address: string,
	headers: Headers,
): Promise<Response | Refusal> {
	if (!mayRead(backend.metricsToken, address, headers)) return { refusal: 'not-found' };
	try {
		backend.measure.show(await countRows(backend));
	} catch (error) {
		// What the process counted itself is worth the more when the database does not answer.
		backend.log('warn', 'rows-not-counted', describeError(error));
	}
	return new Response(await backend.measure.text(), { headers: { 'content-type': METRICS_TYPE } });
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** With a token only its bearer; without one this machine only, and nobody on whose behalf a proxy asks. */
export function mayRead(token: string | undefined, address: string, headers: Headers): boolean {
	if (token !== undefined) return isSame(headers.get('authorization') ?? '', `Bearer ${token}`);
	const forwarded = headers.has('x-forwarded-for') || headers.has('forwarded');
	return LOOPBACK.test(address) && !forwarded;
}

function isSame(one: string, other: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(one), digest(other));
}
