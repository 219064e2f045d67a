/**
 * From twenty digits and a meter to all that is known: who sold them, when and where, under which key, for
 * which vend. Digits come in and are compared; they are not written down anywhere.
 */
import type { TokenFinding, TokenSearchRequest } from '#lib/core/sync/wire-audit.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { VendRow, VendTokenRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { formatReceiptNumber } from '../vend/receipt-series.ts';
import { eventShape } from './event-shape.ts';
import { recordDeed } from './record.ts';

type Found = Extract<TokenFinding, { found: true }>;
type NotFound = Extract<TokenFinding, { found: false }>;

/** Refusals: `meter-unknown` (also of another utility's); the module's silence is a fault. */
export async function searchToken(
	backend: Backend,
	caller: Caller,
	request: TokenSearchRequest,
): Promise<TokenFinding | Refusal> {
	const { database, clock } = backend;
	const token = await findToken(database, caller.utilityId, request);
	const finding =
		token === undefined
			? await askModule(backend, caller.utilityId, request)
			: await describeVend(database, token);
	if (isRefusal(finding)) return finding;
	const deed = {
		action: 'token-searched',
		subject: { kind: 'meter', id: request.drn },
		facts: { found: finding.found, vend: finding.found ? finding.vend.id : null },
	};
	await transact(database, (write) => recordDeed(write, caller, deed, clock.nowMs()));
	return finding;
}

/** Over the index of digits. Two meters may by chance have the same digits; a meter never twice. */
async function findToken(
	database: Database,
	utilityId: string,
	{ digits, drn }: TokenSearchRequest,
): Promise<VendTokenRow | undefined> {
	return await database
		.selectFrom('vend_token')
		.innerJoin('vend', 'vend.id', 'vend_token.vend_id')
		.selectAll('vend_token')
		.where('vend_token.digits', '=', digits)
		.where('vend_token.drn', '=', drn)
		.where('vend.utility_id', '=', utilityId)
		.executeTakeFirst();
}

async function describeVend(database: Database, token: VendTokenRow): Promise<Found> {
	const vend = await database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', token.vend_id)
		.executeTakeFirstOrThrow();
	return {
		found: true,
		vend: vendShape(vend, token),
		token: {
			...{ kind: token.kind, sequence: token.sequence },
			...{ energyDeciKwh: token.energy_deci_kwh, baseYear: token.base_year, tid: token.tid },
		},
		who: await whoSold(database, vend),
		key: await keyOf(database, token),
		reprints: await reprintsOf(database, vend.id),
		events: await eventsOf(database, vend),
	};
}

function vendShape(vend: VendRow, token: VendTokenRow): Found['vend'] {
	const { receipt_number: number, issuing_point: issuingPoint } = vend;
	return {
		...{ id: vend.id, kind: vend.kind, state: vend.state },
		...{ amountMinor: vend.amount_minor, currency: vend.currency },
		...{ acceptedAtMs: vend.accepted_at_ms, madeAtMs: token.made_at_ms },
		releasedAtMs: vend.released_at_ms,
		receiptNumber: number === null ? null : formatReceiptNumber(issuingPoint, number),
		issuingPoint,
	};
}

async function whoSold(database: Database, vend: VendRow): Promise<Found['who']> {
	const { vendor_id, terminal_id, operator_id, approval_id } = vend;
	const named = async (table: 'vendor' | 'terminal', id: string | null) =>
		id === null
			? null
			: ((await database
					.selectFrom(table)
					.select(['id', 'name'])
					.where('id', '=', id)
					.executeTakeFirst()) ?? { id, name: '' });
	const operator =
		operator_id === null
			? null
			: ((await database
					.selectFrom('operator')
					.select(['id', 'login'])
					.where('id', '=', operator_id)
					.executeTakeFirst()) ?? { id: operator_id, login: '' });
	const approval =
		approval_id === null
			? undefined
			: await database
					.selectFrom('approval')
					.select('decided_by')
					.where('id', '=', approval_id)
					.executeTakeFirst();
	return {
		vendor: await named('vendor', vendor_id),
		terminal: await named('terminal', terminal_id),
		operator,
		approvedBy: approval?.decided_by ?? null,
	};
}

async function keyOf(database: Database, token: VendTokenRow): Promise<Found['key']> {
	const key = await database
		.selectFrom('supply_group_key')
		.select(['slot', 'base_year'])
		.where('sgc', '=', token.sgc)
		.where('krn', '=', token.krn)
		.executeTakeFirst();
	const { sgc, krn } = token;
	return { sgc, krn, baseYear: key?.base_year ?? token.base_year, slot: key?.slot ?? null };
}

async function reprintsOf(database: Database, vendId: string): Promise<Found['reprints']> {
	const rows = await database
		.selectFrom('reprint')
		.selectAll()
		.where('vend_id', '=', vendId)
		.orderBy('copy')
		.execute();
	return rows.map(({ copy, at_ms, terminal_id, operator_id }) => ({
		...{ copy, atMs: at_ms, terminalId: terminal_id, operatorId: operator_id },
	}));
}

async function eventsOf(database: Database, vend: VendRow): Promise<Found['events']> {
	const rows = await database
		.selectFrom('audit_event')
		.selectAll()
		.where('subject_id', '=', vend.id)
		.where('utility_id', '=', vend.utility_id)
		.orderBy('at_ms')
		.orderBy('id')
		.execute();
	return rows.map(eventShape);
}

/** Not ours: what the digits say under the key that the meter is on. */
async function askModule(
	{ database, securityModule }: Backend,
	utilityId: string,
	{ digits, drn }: TokenSearchRequest,
): Promise<NotFound | Refusal> {
	const meter = await database
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', drn)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	if (meter === undefined) return { refusal: 'meter-unknown' };
	const { sgc, krn, ti, tct } = meter;
	const key = await database
		.selectFrom('supply_group_key')
		.select('slot')
		.where('sgc', '=', sgc)
		.where('krn', '=', krn)
		.executeTakeFirst();
	if (key === undefined)
		return { found: false, verification: { readable: false, code: 'vending-key-unknown' } };
	const ea = meter.ea === 11 ? 11 : 7;
	const said = await securityModule.verifyToken({
		...{ slot: key.slot, drn, sgc, krn, ti, ea, tct, digits },
	});
	return {
		found: false,
		verification: isRefusal(said)
			? { readable: false, code: said.refusal }
			: { readable: true, ...said },
	};
}
