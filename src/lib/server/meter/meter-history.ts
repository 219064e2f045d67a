/**
 * What was sold to a meter, the newest first. A consumer sees their own (the meter is theirs, or the token
 * was sent to their phone), with the digits, and nothing of sealed tokens, which nobody has bought yet; a
 * seller the vendor's own, the office all, both without digits: those are shown by a reprint, which is written
 * down.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { HistoryEntry, MeterHistory } from '#lib/core/sync/wire-history.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import type { Backend } from '../backend.ts';
import { fieldDeliveriesOf } from '../delivery/token-state.ts';
import type { Database } from '../database/open.ts';
import type { Tables, VendRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';
import { stillSealed } from '../till/reserve/sealed.ts';
import { released } from '../vend/release.ts';

const PAGE = 20;

/** Which of a meter's vends somebody sees. */
type Sight =
	| { readonly sees: 'all' }
	| { readonly sees: 'vendor'; readonly vendorId: string }
	/** Those whose token was sent to this phone. */
	| { readonly sees: 'phone'; readonly phone: string };

/** Refusals, in order: those of the number, `meter-unknown`. */
export async function meterHistory(
	backend: Backend,
	caller: Caller,
	text: string,
	before: string | undefined,
): Promise<MeterHistory | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const { database } = backend;
	const meter = await findOwner(database, caller, number.drn);
	if (meter === undefined) return { refusal: 'meter-unknown' };
	const sight = decideSight(caller, meter.phone);
	const isConsumer = caller.operatorId === undefined && caller.phone !== undefined;
	const rows = await pageOf(database, caller, number.drn, { ...sight, isConsumer, before });
	const page = rows.slice(0, PAGE);
	const field = await fieldDeliveriesOf(
		database,
		page.map(({ id }) => id),
	);
	const vends: HistoryEntry[] = [];
	for (const row of page)
		vends.push({
			...(await entryOf(backend, row, isConsumer)),
			field: field.get(row.id) ?? null,
		});
	return { vends, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** Pure. @param ownersPhone of the meter's customer, or null */
export function decideSight(caller: Caller, ownersPhone: string | null): Sight {
	const { phone, vendorId } = caller;
	if (phone !== undefined && caller.operatorId === undefined)
		return phone === ownersPhone ? { sees: 'all' } : { sees: 'phone', phone };
	if (decideAuthority(caller, 'meter.history-any') === undefined) return { sees: 'all' };
	// Nobody's is the vendor without a name.
	return { sees: 'vendor', vendorId: vendorId ?? '' };
}

async function findOwner(
	database: Database,
	{ utilityId }: Caller,
	drn: string,
): Promise<{ phone: string | null } | undefined> {
	return await database
		.selectFrom('meter')
		.innerJoin('customer', 'customer.id', 'meter.customer_id')
		.select('customer.phone')
		.where('meter.drn', '=', drn)
		.where('meter.utility_id', '=', utilityId)
		.executeTakeFirst();
}

/** One row more than a page: whether there is another. The index by meter and time answers it. */
async function pageOf(
	database: Database,
	{ utilityId }: Caller,
	drn: string,
	{ before, isConsumer, ...sight }: Sight & { isConsumer: boolean; before: string | undefined },
): Promise<VendRow[]> {
	const last = before && (await placeOf(database, drn, before));
	if (before !== undefined && !last) return [];
	return await database
		.selectFrom('vend')
		.selectAll()
		.where('drn', '=', drn)
		.where('utility_id', '=', utilityId)
		.where((is) => is.and([...ofSight(is, sight), ...(last ? [isBefore(is, last)] : [])]))
		.$if(isConsumer, (wanted) => wanted.where((is) => is.not(stillSealed(is))))
		.orderBy('accepted_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(PAGE + 1)
		.execute();
}

type Place = Pick<VendRow, 'id' | 'accepted_at_ms'>;
type Is = ExpressionBuilder<Tables, 'vend'>;

async function placeOf(database: Database, drn: string, id: string): Promise<Place | undefined> {
	return await database
		.selectFrom('vend')
		.select(['id', 'accepted_at_ms'])
		.where('id', '=', id)
		.where('drn', '=', drn)
		.executeTakeFirst();
}

function isBefore(is: Is, last: Place): Expression<SqlBool> {
	return is.and([
		is('accepted_at_ms', '<=', last.accepted_at_ms),
		is.or([is('accepted_at_ms', '<', last.accepted_at_ms), is('id', '<', last.id)]),
	]);
}

function ofSight(is: Is, sight: Sight): Expression<SqlBool>[] {
	switch (sight.sees) {
		case 'all':
			return [];
		case 'vendor':
			return [is('vendor_id', '=', sight.vendorId)];
		case 'phone':
			return [is('notify_phone', '=', sight.phone)];
	}
}

/** With digits, the vend is released before they are read. */
async function entryOf(
	backend: Backend,
	vend: VendRow,
	withDigits: boolean,
): Promise<Omit<HistoryEntry, 'field'>> {
	const row = withDigits ? await released(backend, vend) : vend;
	const answer = row.answer === null ? undefined : (JSON.parse(row.answer) as VendAnswer);
	const issued = row.state === 'issued' && answer?.state === 'issued' ? answer : undefined;
	return {
		...{ id: row.id, kind: row.kind, state: row.state === 'paid' ? 'issuing' : row.state },
		...{ acceptedAtMs: row.accepted_at_ms, amountMinor: row.amount_minor, currency: row.currency },
		energyDeciKwh: issued?.tokens.reduce((sum, token) => sum + token.energyDeciKwh, 0) ?? null,
		receiptNumber: issued?.receipt.receiptNumber ?? null,
		tokens: withDigits && issued ? issued.tokens : null,
	};
}
