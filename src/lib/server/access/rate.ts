/**
 * How often a caller may ask: counted over all nodes, per network address, till or person, and per meter and
 * phone asked about. A meter number that does not exist costs more than one that does, so that trying numbers
 * does not pay. Addresses are those of the connection, or of `ADDRESS_HEADER` where a proxy sets it.
 */
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Backend } from '../backend.ts';
import type { OperationRow } from '../http/operations/row.ts';
import type { Refusal } from '../refusal.ts';
import { chargeOne, takeOne, waitForOne } from './allowance.ts';
import type { Caller } from './caller.ts';
import { networkOf } from './network-address.ts';
import type { RateScope } from './settings.ts';

type Counting = Pick<Backend, 'fleeting' | 'clock' | 'access'>;

/** What a request asks about, where that is counted: parts of its path and its body. */
export interface Subject {
	readonly drn?: unknown;
	readonly phone?: unknown;
	/** Of a vend. */
	readonly kind?: unknown;
}

/** Refusal: `too-many-requests`, with the seconds to wait. */
export async function limitRate(
	backend: Counting,
	caller: Caller,
	{ rate, refusals }: Pick<OperationRow, 'rate' | 'refusals'>,
): Promise<Refusal | undefined> {
	if (rate === 'none') return undefined;
	const who = whoOf(caller);
	const scopes: RateScope[] = [who.scope];
	if (rate === 'meter-lookup') scopes.push(isKnown(caller) ? 'meter-lookup-known' : rate);
	if (rate !== undefined && isOwnScope(rate)) scopes.push(rate);
	if (rate === 'code') scopes.push('code-address');
	if (rate === 'claim') scopes.push(isKnown(caller) ? 'claim-known' : rate);
	for (const scope of scopes) {
		const refused = await take(backend, scope, who.name);
		if (refused !== undefined) return refused;
	}
	if (!refusals.includes('meter-unknown')) return undefined;
	const { fleeting, clock, access } = backend;
	const key = keyOf('miss', who.name);
	return refusedFor(await waitForOne(fleeting, key, access.rates.miss, clock.nowMs()));
}

/** What is counted by network address under its own name, whoever asks. */
const OWN_SCOPES = ['sign-in', 'pack', 'fetch', 'fetch-code', 'reminder'] as const;
type OwnScope = (typeof OWN_SCOPES)[number];

const isOwnScope = (rate: NonNullable<OperationRow['rate']>): rate is OwnScope =>
	OWN_SCOPES.some((each) => each === rate);

/** What is counted per meter. */
const METER_SCOPES: Partial<Record<NonNullable<OperationRow['rate']>, RateScope>> = {
	'meter-lookup': 'meter',
	claim: 'claim-meter',
	'fetch-code': 'fetch-code-meter',
	fetch: 'fetch-meter',
};

/** What is counted per phone. */
const PHONE_SCOPES: Partial<Record<NonNullable<OperationRow['rate']>, RateScope>> = {
	code: 'code-phone',
	'fetch-code': 'fetch-code-phone',
};

/**
 * Counts per meter and per phone, and what is asked for without money per address. A meter's own allowance is for those who are not known: nobody can shut a
 * till out by asking for its customer's meter. Refusal: as `limitRate`.
 */
export async function limitSubject(
	backend: Counting,
	caller: Caller,
	{ rate }: Pick<OperationRow, 'rate'>,
	{ drn, phone, kind }: Subject,
): Promise<Refusal | undefined> {
	if (rate === undefined) return undefined;
	const [ofMeter, ofPhone] = [METER_SCOPES[rate], PHONE_SCOPES[rate]];
	if (ofPhone !== undefined && typeof phone === 'string') {
		const refused = await take(backend, ofPhone, phone);
		if (refused !== undefined) return refused;
	}
	if (rate === 'vend' && kind === 'fbe' && !isKnown(caller))
		return await take(backend, 'fbe', whoOf(caller).name);
	if (ofMeter === undefined || typeof drn !== 'string' || isKnown(caller)) return undefined;
	const number = decideMeterNumber(drn);
	return 'drn' in number ? await take(backend, ofMeter, number.drn) : undefined;
}

/** Charges for a meter number that does not exist. */
export async function noteMiss(
	{ fleeting, clock, access }: Counting,
	caller: Caller,
	answer: object,
): Promise<void> {
	if (!('refusal' in answer) || answer.refusal !== 'meter-unknown') return;
	const key = keyOf('miss', whoOf(caller).name);
	await chargeOne(fleeting, key, access.rates.miss, clock.nowMs());
}

const isKnown = ({ terminalId, operatorId }: Caller): boolean =>
	terminalId !== undefined || operatorId !== undefined;

/** The one who is counted: a till with all who stand at it, a signed-in person, or everybody of an address. */
function whoOf({ terminalId, operatorId, address }: Caller): { scope: RateScope; name: string } {
	if (terminalId !== undefined) return { scope: 'terminal', name: `terminal:${terminalId}` };
	if (operatorId !== undefined) return { scope: 'operator', name: `operator:${operatorId}` };
	return { scope: 'address', name: `address:${networkOf(address)}` };
}

const keyOf = (scope: RateScope, name: string): string => `${scope}:${name}`;

async function take(
	{ fleeting, clock, access }: Counting,
	scope: RateScope,
	name: string,
): Promise<Refusal | undefined> {
	const key = keyOf(scope, name);
	return refusedFor(await takeOne(fleeting, key, access.rates[scope], clock.nowMs()));
}

function refusedFor(waitMs: number): Refusal | undefined {
	if (waitMs === 0) return undefined;
	return { refusal: 'too-many-requests', facts: { seconds: Math.ceil(waitMs / 1_000) } };
}
