/**
 * `npm run bench -- vend-scale`: whether a till waits longer when the books are full. A look-up (confirm
 * customer), a meter's history and a search for twenty digits, in a small estate and then among a million
 * meters with a million vends (`--rows 10000000` for ten), by the same functions in the same run.
 */
import { parseArgs } from 'node:util';
import type { Caller } from '#lib/server/access/caller.ts';
import { searchToken } from '#lib/server/audit/token-search.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { benchPlaces } from './bench-places.ts';
import { openBenchShop, type BenchShop } from './bench-shop.ts';
import { fillEstate, type FilledMeter } from './fill-estate.ts';
import { machine } from './measure.ts';

const ASKS = 3_000;
const SMALL = 1_000;
const OFFICE: Caller = {
	utilityId: 'lakeside',
	roles: ['office-manager', 'auditor'],
	operatorId: 'bench',
	address: 'bench',
};

export async function run(): Promise<void> {
	const { values } = parseArgs({
		options: { rows: { type: 'string', default: '1000000' } },
		strict: false,
		allowPositionals: true,
	});
	const rows = Number(values.rows);
	console.log(`\nLook-ups in a full database, ${machine()}`);
	for (const { name, open, close } of benchPlaces()) {
		const shop = await openBenchShop(await open(), 1);
		try {
			await shop.sell(0);
			const small = await fillEstate(shop.backend.database, 0, SMALL);
			const before = await measureAll(shop, small);
			const started = performance.now();
			const large = await fillEstate(shop.backend.database, SMALL, rows);
			const filledS = Math.round((performance.now() - started) / 1_000);
			console.log(`${name}: ${rows.toLocaleString('en')} meters and vends, made in ${filledS} s`);
			print(before, await measureAll(shop, large));
		} finally {
			await shop.close();
			await close();
		}
	}
}

type Latencies = Readonly<Record<string, { readonly p50: number; readonly p99: number }>>;

async function measureAll(
	{ backend }: BenchShop,
	meters: (at: number) => FilledMeter,
): Promise<Latencies> {
	const ask = {
		'confirm customer': ({ drn }: FilledMeter) => confirmCustomer(backend, OFFICE, drn),
		'history of a meter': ({ drn }: FilledMeter) => meterHistory(backend, OFFICE, drn, undefined),
		'token search': ({ drn, digits }: FilledMeter) => searchToken(backend, OFFICE, { drn, digits }),
	};
	const measured: Record<string, { p50: number; p99: number }> = {};
	for (const [name, once] of Object.entries(ask)) measured[name] = await latency(once, meters);
	return measured;
}

async function latency(
	once: (meter: FilledMeter) => Promise<object>,
	meters: (at: number) => FilledMeter,
): Promise<{ p50: number; p99: number }> {
	const tookMs: number[] = [];
	for (let at = 0; at < ASKS; at += 1) {
		const meter = meters(at);
		const started = performance.now();
		const answer = await once(meter);
		tookMs.push(performance.now() - started);
		if (isRefusal(answer)) throw new Error(`refused: ${answer.refusal}`);
	}
	// The first of them warm the caches up.
	const sorted = tookMs.slice(ASKS / 10).sort((one, other) => one - other);
	const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
	return { p50: at(0.5), p99: at(0.99) };
}

function print(before: Latencies, after: Latencies): void {
	for (const [name, { p50, p99 }] of Object.entries(before)) {
		const full = after[name] ?? { p50: 0, p99: 0 };
		console.log(
			`  ${name.padEnd(20)} small p50 ${p50.toFixed(2)} p99 ${p99.toFixed(2)} ms` +
				`   full p50 ${full.p50.toFixed(2)} p99 ${full.p99.toFixed(2)} ms` +
				`   p99 ratio ${(full.p99 / p99).toFixed(2)}`,
		);
	}
}
