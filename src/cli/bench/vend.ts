/**
 * `npm run bench -- vend`: durable vends from a till's float, taken in, made and booked, beside the bare
 * rate of one-row durable inserts into the same kind of database on the same disk in the same seconds. One
 * client shows what a vend costs (two commits), sixty-four what the database gains when many wait at once.
 * The clients are in the server's process and do next to nothing; the security module and a PostgreSQL server
 * are processes of their own, on the same cores.
 */
import { parseArgs } from 'node:util';
import { bareInserts } from './bare-inserts.ts';
import { openBenchShop, type BenchShop } from './bench-shop.ts';
import { benchPlaces } from './bench-places.ts';
import { machine } from './measure.ts';

const CLIENTS = 64;
/** So many more meters than the demo has. */
const METERS = 20_000;
const ROUNDS = 5;
const ROUND_MS = 2_000;

export async function run(): Promise<void> {
	const { values } = parseArgs({
		options: { vends: { type: 'string', default: '0' } },
		strict: false,
		allowPositionals: true,
	});
	console.log(`\nVends from a float, ${machine()}`);
	for (const { name, open, close } of benchPlaces()) {
		const place = await open();
		const shop = await openBenchShop(place, CLIENTS, METERS);
		const bare = await bareInserts(place);
		try {
			await sell(shop, 1, ROUND_MS / 2);
			for (const clients of [1, CLIENTS]) await measure(name, shop, bare.run, clients);
			await remember(shop, Number(values.vends));
		} finally {
			await bare.close();
			await shop.close();
			await close();
		}
	}
}

/** Rounds take turns, so that what else the machine does slows both alike. */
async function measure(
	name: string,
	shop: BenchShop,
	bare: (durationMs: number) => Promise<number>,
	clients: number,
): Promise<void> {
	const rounds = [];
	const tookMs: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const least = await bare(ROUND_MS / 2);
		const sold = await sell(shop, clients, ROUND_MS);
		tookMs.push(...sold.tookMs);
		rounds.push({ ratio: sold.rate / least, rate: sold.rate, least, cpuUs: sold.cpuUs });
	}
	const middle = rounds.sort((one, other) => one.ratio - other.ratio)[ROUNDS >> 1];
	tookMs.sort((one, other) => one - other);
	const at = (share: number) => (tookMs[Math.floor(tookMs.length * share)] ?? 0).toFixed(1);
	const number = (value = 0) => Math.round(value).toLocaleString('en').padStart(7);
	console.log(
		`${name.padEnd(12)}${String(clients).padStart(3)} client${clients === 1 ? ' ' : 's'}` +
			`${number(middle?.rate)} vends/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms` +
			`${number(middle?.least)} bare commits/s  ratio ${(middle?.ratio ?? 0).toFixed(2)}` +
			`${number(middle?.cpuUs)} µs of this process per vend`,
	);
}

/** Each client sells, one vend after the other, on meters of its own. */
async function sell(
	shop: BenchShop,
	clients: number,
	durationMs: number,
): Promise<{ rate: number; tookMs: number[]; cpuUs: number }> {
	const started = performance.now();
	const before = process.cpuUsage();
	const tookMs: number[] = [];
	const client = async (at: number) => {
		while (performance.now() - started < durationMs) {
			const asked = performance.now();
			await shop.sell(at);
			tookMs.push(performance.now() - asked);
		}
	};
	await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
	const { user, system } = process.cpuUsage(before);
	return {
		rate: (tookMs.length / (performance.now() - started)) * 1_000,
		tookMs,
		cpuUs: (user + system) / tookMs.length,
	};
}

/** What the process holds after so many more vends; 0: what it holds now. */
async function remember(shop: BenchShop, vends: number): Promise<void> {
	let left = vends;
	const client = async (at: number) => {
		while (left > 0) {
			left -= 1;
			await shop.sell(at);
		}
	};
	await Promise.all(Array.from({ length: CLIENTS }, (_, at) => client(at)));
	const { rss, heapUsed } = process.memoryUsage();
	const mib = (octets: number) => `${Math.round(octets / 2 ** 20)} MiB`;
	console.log(
		`${''.padEnd(12)}memory after ${shop.sold()} vends: ${mib(rss)}, heap ${mib(heapUsed)}`,
	);
}
