/** The tokens of one meter for a pack: found, released before their digits are read, and put in order. */
import { MAX_UNDELIVERED_VENDS, type TokensWanted } from '#lib/core/sync/wire-jobs.ts';
import type { JobPack } from '#lib/core/sync/wire-packs.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Write } from '../database/open.ts';
import type { VendRow, VendTokenRow } from '../database/schema.ts';
import { stillSealed } from '../till/reserve/sealed.ts';
import { release } from '../vend/release.ts';
import { chooseTokens, type KnownToken, type KnownVend } from './choose-tokens.ts';

type PackToken = JobPack['meters'][number]['tokens'][number];
type StoredToken = KnownToken & { readonly row: VendTokenRow; readonly test: boolean };

/** Tokens of one meter in one pack; what is above comes with the next. */
const MAX_METER_TOKENS = 100;

/** From the moment in which the transaction is on the disk nothing takes these vends back. */
export async function packTokens(
	write: Write,
	drn: string,
	wanted: readonly TokensWanted[],
	nowMs: number,
): Promise<PackToken[]> {
	const vends: KnownVend<StoredToken>[] = [];
	for (const row of await vendsOf(write, drn, wanted)) vends.push(await knownVend(write, row));
	const chosen = chooseTokens(vends, wanted).slice(0, MAX_METER_TOKENS);
	const shown = new Set<string>();
	for (const id of new Set(chosen.map(({ vendId }) => vendId)))
		// One that was reversed since it was read has no digits for anybody.
		if ((await release(write, { id }, nowMs)).state === 'issued') shown.add(id);
	return chosen
		.filter(({ vendId }) => shown.has(vendId))
		.map(({ vendId, of, token }, at) => tokenShape(vendId, of, token, at + 1));
}

/** Issued ones: those that are named, and where more is wanted the newest; none that nobody has bought yet. */
async function vendsOf(
	write: Write,
	drn: string,
	wanted: readonly TokensWanted[],
): Promise<VendRow[]> {
	const named = wanted.flatMap((one) => (one.which === 'vends' ? one.vendIds : []));
	const issued = write
		.selectFrom('vend')
		.selectAll()
		.where('drn', '=', drn)
		.where('state', '=', 'issued')
		.where((is) => is.not(stillSealed(is)));
	const found = named.length > 0 ? await issued.where('id', 'in', named).execute() : [];
	if (!wanted.some(({ which }) => which === 'undelivered')) return found;
	const newest = await issued
		.orderBy('accepted_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(MAX_UNDELIVERED_VENDS)
		.execute();
	return [...new Map([...found, ...newest].map((row) => [row.id, row])).values()];
}

async function knownVend(write: Write, vend: VendRow): Promise<KnownVend<StoredToken>> {
	const rows = await write
		.selectFrom('vend_token')
		.leftJoin('token_delivery', (join) =>
			join
				.onRef('token_delivery.vend_id', '=', 'vend_token.vend_id')
				.onRef('token_delivery.sequence', '=', 'vend_token.sequence'),
		)
		.selectAll('vend_token')
		.select('token_delivery.state as delivery')
		.where('vend_token.vend_id', '=', vend.id)
		.orderBy('vend_token.sequence')
		.execute();
	const answer = JSON.parse(vend.answer ?? '{}') as Partial<VendAnswer>;
	const answered = answer.state === 'issued' ? (answer.tokens ?? []) : [];
	return {
		id: vend.id,
		madeAtMs: rows[0]?.made_at_ms ?? 0,
		tokens: rows.map(({ delivery, ...row }) => ({
			...{ sequence: row.sequence, kind: row.kind, delivery, row },
			test: answered[row.sequence - 1]?.test ?? false,
		})),
	};
}

function tokenShape(
	vendId: string,
	of: number,
	{ row, test, delivery }: StoredToken,
	position: number,
): PackToken {
	return {
		...{ position, vendId, sequence: row.sequence, of },
		kind: row.kind as PackToken['kind'],
		...{ digits: row.digits, energyDeciKwh: row.energy_deci_kwh, test },
		...{ sgc: row.sgc, krn: row.krn, tid: row.tid, baseYear: row.base_year },
		madeAtMs: row.made_at_ms,
		delivery: delivery === 'delivered' ? null : delivery,
	};
}
