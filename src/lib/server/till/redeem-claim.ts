/**
 * What has become of a provisional receipt, for whoever has its code and the number of its meter. A code that
 * is wrong and one that has not arrived are one answer by one question to the database, so that neither the
 * words nor the time tell them apart.
 */
import { parseCode } from '#lib/core/sync/spoken-code.ts';
import { CLAIM_CODE_LENGTH } from '#lib/core/sync/till-journal.ts';
import type { ClaimAnswer, ClaimRequest } from '#lib/core/sync/wire-till.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { ClaimRow, VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { currencyOf } from '../meter/currency.ts';
import type { Refusal } from '../refusal.ts';
import { answerOf } from '../vend/answer.ts';
import { release } from '../vend/release.ts';
import { isStillSealed } from './reserve/sealed.ts';
import { hashClaim } from './claim-code.ts';

type Parts = Pick<Backend, 'database' | 'clock' | 'homeSecret'>;

/** Order: those of `decideMeterNumber`, `claim-code` (mistyped: nothing is looked up). */
export async function redeemClaim(
	backend: Parts,
	caller: Caller,
	asked: ClaimRequest,
): Promise<ClaimAnswer | Refusal> {
	const number = decideMeterNumber(asked.drn);
	if ('refusal' in number) return number;
	const code = parseCode(asked.code, CLAIM_CODE_LENGTH);
	if (code === undefined) return { refusal: 'claim-code' };
	const { database, homeSecret } = backend;
	const hash = hashClaim(homeSecret, caller.utilityId, number.drn, code);
	const claim = await findClaim(database, caller, number.drn, hash);
	if (claim === undefined) return { state: 'not-arrived' };
	const refused = await refusalOfEntry(database, claim.sale_id);
	if (refused !== undefined) return await refusedAnswer(database, claim, refused);
	const vend = await findVend(database, claim);
	return vend === undefined
		? { state: 'waiting' }
		: await answerOfVend(backend, caller, claim, vend);
}

/** Two receipts of one meter with one code: the later one. */
async function findClaim(
	database: Database,
	{ utilityId }: Caller,
	drn: string,
	hash: string,
): Promise<ClaimRow | undefined> {
	return await database
		.selectFrom('claim')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('drn', '=', drn)
		.where('code_hash', '=', hash)
		.orderBy('at_ms', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Why the journal's entry came to nothing, where it did before it was a vend. */
async function refusalOfEntry(database: Database, saleId: string): Promise<string | undefined> {
	const outcome = await database
		.selectFrom('till_outcome')
		.select('code')
		.where('entry_id', '=', saleId)
		.where('state', '=', 'refused')
		.executeTakeFirst();
	return outcome && (outcome.code ?? 'internal-error');
}

/**
 * The vend that the claim's own entry became: of its meter and its till. A till may name any id in an entry
 * that is not carried out yet, and would be told of somebody else's token, or of one that is sealed.
 */
async function findVend(
	database: Database,
	{ sale_id: id, utility_id: utilityId, drn }: ClaimRow,
): Promise<VendRow | undefined> {
	const vend = await database
		.selectFrom('vend')
		.innerJoin('till_entry', 'till_entry.id', 'vend.id')
		.selectAll('vend')
		.where('vend.id', '=', id)
		.where('vend.utility_id', '=', utilityId)
		.where('vend.drn', '=', drn)
		.whereRef('vend.terminal_id', '=', 'till_entry.terminal_id')
		.executeTakeFirst();
	return vend === undefined || (await isStillSealed(database, vend)) ? undefined : vend;
}

async function answerOfVend(
	backend: Parts,
	caller: Caller,
	claim: ClaimRow,
	vend: VendRow,
): Promise<ClaimAnswer> {
	const row = vend.state === 'issued' ? await handOver(backend, caller, vend) : vend;
	const answer = JSON.parse(answerOf(row).body) as VendAnswer;
	if (answer.state === 'issued') return { state: 'issued', vend: answer };
	if (answer.state === 'refused') return await refusedAnswer(backend.database, claim, answer.code);
	if (answer.state === 'reversed')
		return await refusedAnswer(backend.database, claim, 'vend-reversed');
	return { state: 'waiting' };
}

/** Released and written down before anybody sees it; as it is then. */
async function handOver(
	{ database, clock }: Parts,
	caller: Caller,
	vend: VendRow,
): Promise<VendRow> {
	return await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const row = await release(write, vend, nowMs);
		const deed = { action: 'claim-redeemed', subject: { kind: 'vend', id: vend.id } };
		if (row.state === 'issued') await recordDeed(write, caller, deed, nowMs);
		return row;
	});
}

async function refusedAnswer(
	database: Database,
	claim: ClaimRow,
	code: string,
): Promise<ClaimAnswer> {
	return {
		...{ state: 'refused', code, amountMinor: claim.amount_minor },
		currency: await currencyOf(database, claim.utility_id),
		refundedAtMs: await refundedAtMs(database, claim, code),
	};
}

/**
 * By the server's clock as the till knew it, of an entry that stands; where the sale was refused because its money
 * was settled, of whatever settled it.
 */
async function refundedAtMs(
	database: Database,
	claim: ClaimRow,
	code: string,
): Promise<number | null> {
	const about = database
		.selectFrom('till_entry')
		.leftJoin('till_outcome', 'till_outcome.entry_id', 'till_entry.id')
		.select(['till_entry.at_ms', 'till_entry.offset_ms'])
		.where('till_entry.subject_id', '=', claim.sale_id)
		.where('till_entry.utility_id', '=', claim.utility_id);
	const settling =
		code === 'refund-settled'
			? about.where('till_entry.kind', 'in', ['refund-paid', 'sale'])
			: about
					.where('till_entry.kind', '=', 'refund-paid')
					.where((is) =>
						is.or([
							is('till_outcome.state', 'is', null),
							is('till_outcome.state', '!=', 'refused'),
						]),
					);
	const entry = await settling.orderBy('till_entry.taken_at_ms').limit(1).executeTakeFirst();
	return entry === undefined ? null : Number(entry.at_ms) + Number(entry.offset_ms ?? 0);
}
