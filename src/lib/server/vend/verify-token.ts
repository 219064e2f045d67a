/**
 * What twenty digits are to a meter: read by the security module under the key they were made under, and
 * looked for among the tokens that this service made.
 */
import { isBaseDate, instantOfTid } from '#lib/core/sts/tid.ts';
import { parseToken } from '#lib/core/sts/token-number.ts';
import type { TokenVerification, TokenVerificationRequest } from '#lib/core/sync/wire-vends.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { SupplyGroupKeyRow, VendTokenRow } from '../database/schema.ts';
import { findMeter, type KnownMeter } from '../meter/find-meter.ts';
import { keyAt } from '../meter/target-key.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { VerifiedToken } from '../security-module/port.ts';
import { decideSight } from './sight.ts';

/**
 * Order: those of the meter (`findMeter`), `token-unreadable` (not twenty digits), `vending-key-unknown`,
 * `token-unreadable` (not ours, and nothing under the meter's key).
 * @throws {Fault} `security-module-unavailable`
 */
export async function verifyToken(
	backend: Backend,
	caller: Caller,
	{ drn, digits: text }: TokenVerificationRequest,
): Promise<TokenVerification | Refusal> {
	const { database, clock } = backend;
	const facts = await findMeter(database, caller, drn, clock.nowMs());
	if (isRefusal(facts)) return facts;
	const parsed = parseToken(text);
	if ('refusal' in parsed) return { refusal: 'token-unreadable' };
	const { meter } = facts;
	const made = await findMade(database, meter.drn, parsed.digits);
	const key = made === undefined ? facts.key : await keyAt(database, made);
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	const read = await readToken(backend, meter, key, parsed.digits);
	if (isRefusal(read) && (made === undefined || read.refusal !== 'token-unreadable')) return read;
	return {
		drn: meter.drn,
		...(isRefusal(read) ? UNREAD : { tokenClass: read.tokenClass, subclass: read.subclass }),
		amount: isRefusal(read) ? (made?.energy_deci_kwh ?? null) : read.amount,
		atMs: instantOf(isRefusal(read) ? (made?.tid ?? null) : read.tid, key),
		ours: made === undefined ? null : await oursOf(database, caller, made),
	};
}

/** The meter's tariff index has changed since, and its decoder key with it: what we wrote down still stands. */
const UNREAD = { tokenClass: null, subclass: null } as const;

async function findMade(
	database: Database,
	drn: string,
	digits: string,
): Promise<VendTokenRow | undefined> {
	return await database
		.selectFrom('vend_token')
		.selectAll()
		.where('digits', '=', digits)
		.where('drn', '=', drn)
		.executeTakeFirst();
}

async function readToken(
	{ securityModule }: Backend,
	meter: KnownMeter,
	{ slot, sgc, krn }: SupplyGroupKeyRow,
	digits: string,
): Promise<VerifiedToken | Refusal> {
	const { drn, ti, tct } = meter;
	const ea = meter.ea === 11 ? 11 : 7;
	return await securityModule.verifyToken({ slot, drn, sgc, krn, ti, ea, tct, digits });
}

function instantOf(tid: number | null, { base_year: baseYear }: SupplyGroupKeyRow): number | null {
	return tid === null || !isBaseDate(baseYear) ? null : instantOfTid(tid, baseYear);
}

async function oursOf(
	database: Database,
	caller: Caller,
	made: VendTokenRow,
): Promise<TokenVerification['ours']> {
	const vend = await database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', made.vend_id)
		.executeTakeFirst();
	const maySee = !isRefusal(decideSight(caller, vend));
	return {
		kind: made.kind as NonNullable<TokenVerification['ours']>['kind'],
		madeAtMs: made.made_at_ms,
		vendId: maySee ? made.vend_id : null,
	};
}
