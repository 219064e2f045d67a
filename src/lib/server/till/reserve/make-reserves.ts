/**
 * `POST /terminals/current/reserves`: sealed tokens for a till to keep. Wish by wish, each with its own
 * answer, and each safe to be asked for again.
 */
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { ReserveAnswer, ReserveRequest } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../../access/caller.ts';
import type { Backend } from '../../backend.ts';
import { problemOf } from '../../http/problem.ts';
import { describeError } from '../../log.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import { BATCH_TIME_MS } from '../../vend/vend-batch.ts';
import { findVendor } from '../../vendor/vendors.ts';
import { makeReserve, type ReserveTill, type ReserveWish } from './make-reserve.ts';

type WishAnswer = ReserveAnswer['wishes'][number];

/**
 * Order: `database-older`, `not-allowed` (not a till), `reserve-not-allowed` (a device that keeps no journal),
 * `journal-suspended`. @param elapsedMs since the request came, by a clock that only goes forward
 */
export async function makeReserves(
	backend: Backend,
	caller: Caller,
	{ wishes, operatorId }: ReserveRequest,
	elapsedMs: () => number,
): Promise<ReserveAnswer | Refusal> {
	const older = backend.permit.refusal();
	if (older !== undefined) return older;
	const till = await findReserveTill(backend, caller, operatorId);
	if (isRefusal(till)) return till;
	const answers: WishAnswer[] = [];
	for (const wish of wishes)
		answers.push(
			elapsedMs() < BATCH_TIME_MS
				? await answerWish(backend, till, wish)
				: refused(wish, { refusal: 'batch-not-reached' }),
		);
	const vendor = await findVendor(backend.database, caller, till.vendorId);
	if (isRefusal(vendor)) return vendor;
	const availableMinor = Math.max(0, vendor.float_minor + vendor.credit_limit_minor);
	return { wishes: answers, availableMinor };
}

async function findReserveTill(
	{ database }: Backend,
	caller: Caller,
	operatorId: string,
): Promise<ReserveTill | Refusal> {
	const { terminalId, vendorId, utilityId, address } = caller;
	if (terminalId === undefined || vendorId === undefined) return { refusal: 'not-allowed' };
	const row = await database
		.selectFrom('terminal')
		.select(['device_id', 'sealing_key', 'journal_state'])
		.where('id', '=', terminalId)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	const deviceId = row?.device_id ?? null;
	const key = row?.sealing_key ?? null;
	if (deviceId === null || key === null) return { refusal: 'reserve-not-allowed' };
	if (row?.journal_state !== 'active') return { refusal: 'journal-suspended' };
	// The till alone: whoever else is signed in on it, the tokens are for the operator who stands in the wish.
	const till = { utilityId, vendorId, terminalId, roles: ['terminal'] as const, address };
	const sealingKey = JSON.parse(key) as DeviceKey;
	return { caller: till, vendorId, deviceId, sealingKey, operatorId };
}

async function answerWish(
	backend: Backend,
	till: ReserveTill,
	wish: ReserveWish,
): Promise<WishAnswer> {
	try {
		const made = await makeReserve(backend, till, wish);
		return isRefusal(made) ? refused(wish, made) : made;
	} catch (error) {
		backend.log('error', 'reserve-failed', { vend: wish.id, ...describeError(error) });
		return refused(wish, { refusal: 'internal-error' });
	}
}

function refused({ id }: ReserveWish, refusal: Refusal): WishAnswer {
	return { made: false, id, problem: problemOf(refusal) };
}
