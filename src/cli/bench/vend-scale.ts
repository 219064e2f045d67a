/**
 * `npm run bench -- vend-scale`: whether a till waits longer when the books are full. A look-up (confirm
 * customer), a meter's history and a search for twenty digits, in a small estate and among a million meters
 * with a million vends (`--rows 10000000` for ten), by the same functions. The two estates are asked in turns,
 * so that what else the machine does in these seconds slows both alike.
 */
import { parseArgs } from 'node:util';
import type { Caller } from '#lib/server/access/caller.ts';
import { searchToken } from '#lib/server/audit/token-search.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { benchPlaces, type BenchPlace } from './bench-places.ts';
import { openBenchShop, type BenchShop } from './bench-shop.ts';
import { fillEstate, type FilledMeter } from './fill-estate.ts';
import { machine } from './measure.ts';

const ASKS = 5_000;
const WARM_UP = 500;
const SMALL = 1_000;
const OFFICE: Caller = {
	utilityId: 'lakeside',
	roles: ['office-manager', 'auditor'],
	operatorId: 'bench',
	address: 'bench',
};

type Ask = (shop: BenchShop, meter: FilledMeter) => Promise<object>;

const QUESTIONS: Readonly<Record<string, Ask>> = {
	'confirm customer': ({ backend }, { drn }) => confirmCustomer(backend, OFFICE, drn),
	'history of a meter': ({ backend }, { drn }) => meterHistory(backend, OFFICE, drn, undefined),
	'token search': ({ backend }, { drn, digits }) => searchToken(backend, OFFICE, { drn, digits }),
};

export async function run(): Promise<void> {
	const { values } = parseArgs({
		options: { rows: { type: 'string', default: '1000000' } },
		strict: false,
		allowPositionals: true,
	});
	const rows = Number(values.rows);
	console.log(`\nLook-ups in a full database, ${machine()}`);
	const others = benchPlaces();
	for (const [at, place] of benchPlaces().entries()) {
		const small = await openEstate(others[at] as BenchPlace, SMALL);
		const full = await openEstate(place, rows);
		try {
			const words = `${rows.toLocaleString('en')} meters and vends, made in ${full.madeS} s`;
			console.log(`${place.name}: ${words}, beside ${SMALL.toLocaleString('en')}`);
			for (const [name, ask] of Object.entries(QUESTIONS))
				print(name, await compare(ask, small, full));
		} finally {
			await small.close();
			await full.close();
		}
	}
}

interface Estate {
	readonly shop: BenchShop;
	readonly meters: (at: number) => FilledMeter;
	readonly madeS: number;
	close(): Promise<void>;
}

async function openEstate(place: BenchPlace, rows: number): Promise<Estate> {
	const shop = await openBenchShop(await place.open(), 1, 0);
	await shop.sell(0);
	const started = performance.now();
	const meters = await fillEstate(shop.backend.database, 0, rows);
	const madeS = Math.round((performance.now() - started) / 1_000);
	const close = async () => {
		await shop.close();
		await place.close();
	};
	return { shop, meters, madeS, close };
}

interface Compared {
	readonly small: readonly number[];
	readonly full: readonly number[];
}

async function compare(ask: Ask, small: Estate, full: Estate): Promise<Compared> {
	const took = { small: [] as number[], full: [] as number[] };
	for (let at = 0; at < WARM_UP + ASKS; at += 1)
		for (const [name, { shop, meters }] of Object.entries({ small, full })) {
			const meter = meters(at);
			const started = performance.now();
			const answer = await ask(shop, meter);
			const tookMs = performance.now() - started;
			if (isRefusal(answer)) throw new Error(`refused: ${answer.refusal}`);
			if (at >= WARM_UP) took[name as keyof Compared].push(tookMs);
		}
	return took;
}

function print(name: string, { small, full }: Compared): void {
	const at = (tookMs: readonly number[], share: number) =>
		[...tookMs].sort((one, other) => one - other)[Math.floor(tookMs.length * share)] ?? 0;
	const [before, after] = [at(small, 0.99), at(full, 0.99)];
	const ms = (value: number) => value.toFixed(2);
	console.log(
		`  ${name.padEnd(20)} small p50 ${ms(at(small, 0.5))} p99 ${ms(before)} ms` +
			`   full p50 ${ms(at(full, 0.5))} p99 ${ms(after)} ms   p99 ratio ${ms(after / before)}`,
	);
}
