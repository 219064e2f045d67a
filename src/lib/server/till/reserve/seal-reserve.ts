/**
 * The one way in which a sealed token's digits leave this server: as JWE to the device that it was made for.
 * Sealed once; with the seal on the disk the vend counts as released, because a device can be opened by
 * whoever owns it.
 */
import type { ReserveAnswer, SealedVend } from '#lib/core/sync/wire-till.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { refusalCodeOf } from '#lib/core/vending/refusals.ts';
import type { Backend } from '../../backend.ts';
import { lockJournal, lockMeter } from '../../database/lock.ts';
import type { Database, Write } from '../../database/open.ts';
import type { ReserveRow, VendRow } from '../../database/schema.ts';
import { transact } from '../../database/transact.ts';
import type { Refusal } from '../../refusal.ts';
import { release } from '../../vend/release.ts';
import { sealTo } from '../sale-key.ts';
import { keyChangedAtMs, madeUnder, type MadeUnder } from './reserve-key.ts';
import { endsOf } from './reserve-rows.ts';

export type MadeReserve = Extract<ReserveAnswer['wishes'][number], { made: true }>;

/**
 * Asked again, the same octets. Refusals: why the vend came to nothing; `security-module-unavailable`, when its
 * token is not made yet: asked again later, it is; `reserve-ended`, when its money went back before it left;
 * `reserve-meter`, when its meter's key changed before it left.
 */
export async function sealReserve(
	{ database, clock }: Backend,
	reserve: ReserveRow,
	vend: VendRow,
	to: DeviceKey,
): Promise<MadeReserve | Refusal> {
	const { state, answer } = vend;
	const made = madeUnder(answer);
	if (state !== 'issued' || answer === null || made === null) return unmade(vend);
	const known = await storedSeal(database, reserve.vend_id);
	if (known !== undefined) return madeReserve(reserve, made, known);
	const sealed = await sealTo(to, JSON.stringify(contentsOf(reserve, answer)));
	return await transact(database, async (write) => {
		// Whoever returns its money takes these in the same order. Of two that seal at once one is stored, and both
		// answer that.
		await lockJournal(write, reserve.device_id);
		await lockMeter(write, reserve.drn);
		const stored = await storedSeal(write, reserve.vend_id);
		if (stored !== undefined) return madeReserve(reserve, made, stored);
		if ((await endsOf(write, reserve.vend_id)).length > 0) return { refusal: 'reserve-ended' };
		if ((await keyChangedAtMs(write, reserve.vend_id)) !== null)
			return { refusal: 'reserve-meter' };
		const row = await release(write, vend, clock.nowMs());
		if (row.state !== 'issued') return unmade(row);
		await write.insertInto('reserve_seal').values({ vend_id: vend.id, sealed }).execute();
		return madeReserve(reserve, made, sealed);
	});
}

async function storedSeal(database: Database | Write, vendId: string): Promise<string | undefined> {
	const row = await database
		.selectFrom('reserve_seal')
		.select('sealed')
		.where('vend_id', '=', vendId)
		.executeTakeFirst();
	return row?.sealed;
}

function contentsOf(reserve: ReserveRow, answer: string): SealedVend {
	return {
		vend: JSON.parse(answer) as VendAnswer,
		drn: reserve.drn,
		denominationMinor: reserve.denomination_minor,
		expiresAtMs: reserve.expires_at_ms,
	};
}

function madeReserve(reserve: ReserveRow, made: MadeUnder, sealed: string): MadeReserve {
	const { sgc, krn, ti, issuedAtMs } = made;
	return {
		...{ made: true, id: reserve.vend_id, denominationMinor: reserve.denomination_minor },
		...{ key: { sgc, krn, ti }, issuedAtMs, expiresAtMs: reserve.expires_at_ms, sealed },
	};
}

function unmade({ state, answer }: VendRow): Refusal {
	if (state === 'reversed') return { refusal: 'vend-reversed' };
	if (state !== 'refused' || answer === null) return { refusal: 'security-module-unavailable' };
	const { code } = JSON.parse(answer) as Extract<VendAnswer, { state: 'refused' }>;
	return { refusal: refusalCodeOf(code) };
}
